#pragma once

#include <QString>
#include <QStringView>

#include <vector>

namespace keydesk {

// One sound of a name: a Han character with its reading, or a run of Latin letters or of digits.
struct Syllable
{
    QString text; // "chang"; "vanke"; lower case, ASCII for Han, ü written u
    bool isHan = false;

    bool operator==(const Syllable &other) const = default;
};

// The Mandarin readings of names, for sorting and for search by initials. Readings are ICU's,
// corrected by a table of words; a name that is read like no word may come out wrong, so what is
// stored may be corrected by the user. Costs nothing to make; the first reading of a Han character
// in the process builds the constant table behind it (0.2 s). Safe to share between threads.
class Pinyin final
{
public:
    /// A person's first character is read as a surname: 单 shan, 曾 zeng, 朴 piao.
    enum class Name { Organisation, Person };

    /// The sounds of `text` in order. Full-width forms count as ASCII; brackets, stars and other
    /// signs and characters without a reading are left out.
    std::vector<Syllable> syllables(QStringView text, Name name = Name::Organisation) const;

    /// First letters of Han characters, Latin and digits whole: *ST国华 -> "stgh", 万科A -> "wka".
    QString initials(QStringView text, Name name = Name::Organisation) const;

    /// Everything in one word: 长江证券 -> "changjiangzhengquan".
    QString full(QStringView text, Name name = Name::Organisation) const;

    /// Compares names by pinyin, syllable by syllable (西安 before 仙居), then by the text itself,
    /// as ordinary string comparison of keys.
    QString sortKey(QStringView text, Name name = Name::Organisation) const;

    /// Builds the table now, so that nobody's first name waits for it.
    static void prepare() { (void)readings(); }

private:
    class Readings;
    static const Readings &readings();
};

} // namespace keydesk
