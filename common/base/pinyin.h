#pragma once

#include <QString>
#include <QStringView>

#include <memory>
#include <mutex>
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
// corrected by a table of words; a name that is read like no word may come out wrong, so the user
// may correct what is stored. Costs nothing until first used; then about 0.2 s, once. Const and
// safe to share between threads.
class Pinyin final
{
public:
    /// A person's first character is read as a surname: 单 shan, 曾 zeng, 朴 piao.
    enum class Name { Organisation, Person };

    Pinyin();
    ~Pinyin();
    Pinyin(const Pinyin &) = delete;
    Pinyin &operator=(const Pinyin &) = delete;

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

private:
    class Readings;
    const Readings &readings() const;

    mutable std::once_flag m_built;
    mutable std::unique_ptr<const Readings> m_readings;
};

} // namespace keydesk
