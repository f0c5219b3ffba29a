#include "tool/command_line.h"

namespace keydesk {

using namespace Qt::StringLiterals;

CommandLine::CommandLine(const QString &name, const QString &description)
    : m_name(name)
{
    m_parser.setApplicationDescription(description);
    m_parser.addOption({{u"h"_s, u"help"_s}, u"Show this text."_s});
    option(u"data"_s, u"DIR"_s, u"The data directory."_s, true);
}

CommandLine &CommandLine::positional(const QString &name, const QString &description)
{
    m_parser.addPositionalArgument(name, description);
    ++m_positions;
    return *this;
}

CommandLine &CommandLine::option(const QString &name, const QString &value,
                                 const QString &description, bool needed)
{
    m_parser.addOption({name, description, value});
    if (needed)
        m_needed.append(name);
    return *this;
}

CommandLine &CommandLine::flag(const QString &name, const QString &description)
{
    m_parser.addOption({name, description});
    return *this;
}

Result<> CommandLine::read(const QStringList &words)
{
    const auto wrong = [this](const QString &what) {
        return Error("usage"_reason, {u"%1: %2 (try --help)"_s.arg(m_name, what)});
    };
    if (!m_parser.parse(QStringList{u"keydesk-server "_s + m_name} + words))
        return wrong(m_parser.errorText());
    if (wantsHelp())
        return {};
    if (m_parser.positionalArguments().size() != m_positions)
        return wrong(u"expected %1 names, got %2"_s.arg(m_positions)
                         .arg(m_parser.positionalArguments().size()));
    for (const QString &name : std::as_const(m_needed)) {
        if (m_parser.value(name).isEmpty())
            return wrong(u"--%1 is missing"_s.arg(name));
    }
    return {};
}

QString CommandLine::help() const
{
    // The parser knows the program, not the subcommand.
    QString text = m_parser.helpText();
    return text.replace(0, text.indexOf(u" [options]"_s), u"Usage: keydesk-server "_s + m_name);
}

QStringList CommandLine::values(const QString &name) const
{
    return m_parser.values(name).join(u',').split(u',', Qt::SkipEmptyParts);
}

} // namespace keydesk
