#pragma once

#include "base/pinyin.h"

#include <QString>
#include <QStringView>

namespace keydesk {

// The search index's side of a record: collects its searchable texts and gives the words to store
// in one column of an FTS5 table that uses `tokenize='unicode61'` and keeps positions (the
// defaults). Why own words: FTS5's trigram tokenizer finds nothing below three characters, and
// Chinese has no spaces. It never touches a database. Index a masked record from its masked texts.
class SearchText final
{
public:
    /// A name or title: every part of it can be searched by its Chinese characters, its pinyin and
    /// its initials. What is short enough for a person is found by the surname's reading too.
    SearchText &add(QStringView text);
    /// Several sentences: found by their characters and words only.
    SearchText &addProse(QStringView text);
    /// Telephone numbers: found by any four or more digits in a row.
    SearchText &addPhones(QStringView text);
    /// A business key, contract or circuit number: found by any four or more characters in a row,
    /// or by its beginning.
    SearchText &addCode(QStringView code);

    /// The words, separated by spaces; every one a single unicode61 token that reads back
    /// unchanged.
    QString words() const { return m_words; }

private:
    void addSounds(const std::vector<Syllable> &syllables);
    void addTails(const QString &word);
    void append(QStringView word);

    QString m_words;
};

/// Goes up when the same text gives other words than before. An index is only right when all of it
/// was made by one version: a contentless FTS5 table even deletes by the words, so rebuild on a
/// change.
constexpr int searchTextVersion = 1;

/// The FTS5 MATCH expression for what a user typed: Chinese in any length, pinyin, initials, Latin
/// words, digits, or a mixture; all parts must be found. Everything is quoted, so no character of
/// `input` is an operator. Empty when there is nothing to search for: FTS5 refuses an empty string.
QString searchExpression(QStringView input);

} // namespace keydesk
