#pragma once

#include "base/pinyin.h"

#include <QString>
#include <QStringList>
#include <QStringView>

namespace keydesk {

// The search index's side of a record: collects its searchable texts and gives the words to store
// in one column of an FTS5 table that uses `tokenize='unicode61'` and keeps positions (the
// defaults). Why own words: FTS5's trigram tokenizer finds nothing below three characters, and
// Chinese has no spaces. It never touches a database. Index a masked record from its masked texts.
class SearchText final
{
public:
    explicit SearchText(const Pinyin &pinyin)
        : m_pinyin(pinyin)
    {
    }

    /// An organisation's name, a title or free text: every part of it can be searched by its
    /// Chinese characters, its pinyin and its initials.
    SearchText &add(QStringView text);
    /// A person's name; found by the surname's reading and by the ordinary one.
    SearchText &addPerson(QStringView name);
    /// Telephone numbers: found by any four or more digits in a row.
    SearchText &addPhones(QStringView text);
    /// A business key, contract or circuit number: found by any four or more characters in a row,
    /// or by its beginning.
    SearchText &addCode(QStringView code);

    /// The words, separated by spaces; every one a single unicode61 token that reads back
    /// unchanged.
    QString words() const { return m_words.join(u' '); }

private:
    void addTexts(QStringView text);
    void addSounds(const std::vector<Syllable> &syllables);
    void addTails(const QString &word);

    const Pinyin &m_pinyin;
    QStringList m_words;
};

/// The FTS5 MATCH expression for what a user typed: Chinese in any length, pinyin, initials, Latin
/// words, digits, or a mixture; all parts must be found. Everything is quoted, so no character of
/// `input` is an operator. Empty when there is nothing to search for: FTS5 refuses an empty string.
QString searchExpression(QStringView input);

} // namespace keydesk
