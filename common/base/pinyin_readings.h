#pragma once

#include "base/pinyin.h"

#include <QHash>
#include <QString>

#include <string_view>

namespace keydesk {

// A word and the reading of its characters, separated by spaces.
struct Phrase
{
    std::u16string_view word;
    std::string_view reading;
};

// The table behind Pinyin: one reading for each character of the two oldest Han blocks, and the
// words that overrule it. Built once, then only read.
class Pinyin::Readings final
{
public:
    Readings();

    /// The readings of `run`, which holds only Han characters of the table; one entry a character.
    QStringList read(QStringView run, Name name, bool atStart) const;
    /// Whether `character` has a reading.
    bool knows(char16_t character) const { return !single(character).isEmpty(); }

private:
    struct Word
    {
        QString text;
        QStringList reading;
    };

    void fillFromIcu();
    void addPhrases();
    const QString &single(char16_t character) const;
    qsizetype appendSurname(QStringView run, QStringList &out) const;
    qsizetype appendWord(QStringView rest, bool atStart, QStringList &out) const;

    std::vector<QString> m_single; // by code unit, from U+3400 on
    QHash<char16_t, std::vector<Word>> m_words; // by first character, longest first
    QHash<char16_t, std::vector<Word>> m_leading; // words that count only at the start of a name
    QHash<QString, QStringList> m_surnames;
};

} // namespace keydesk
