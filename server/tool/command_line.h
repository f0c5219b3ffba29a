#pragma once

#include "base/result.h"

#include <QCommandLineParser>

namespace keydesk {

// One subcommand's words: declares its options (--data DIR always), reads them, and says what is
// wrong or missing in a sentence for the terminal. Does nothing itself.
class CommandLine
{
public:
    /// `name` as typed ("user add"), `description` for --help.
    CommandLine(const QString &name, const QString &description);

    CommandLine &positional(const QString &name, const QString &description);
    /// An option with a value; `needed` ones must be given.
    CommandLine &option(const QString &name, const QString &value, const QString &description,
                        bool needed = false);
    CommandLine &flag(const QString &name, const QString &description);

    /// Errors: usage.
    Result<> read(const QStringList &words);
    bool wantsHelp() const { return m_parser.isSet(QStringLiteral("help")); }
    QString help() const;

    bool isSet(const QString &name) const { return m_parser.isSet(name); }
    QString value(const QString &name) const { return m_parser.value(name); }
    /// Of an option given several times, or with commas.
    QStringList values(const QString &name) const;
    QString position(int index) const { return m_parser.positionalArguments().value(index); }

private:
    QString m_name;
    QCommandLineParser m_parser;
    QStringList m_needed;
    int m_positions = 0;
};

} // namespace keydesk
