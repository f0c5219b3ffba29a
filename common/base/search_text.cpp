#include "base/search_text.h"

#include "base/phone.h"

#include <QStringList>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

// Bounds that keep the index linear in the text: longer queries are cut to these, and so still
// find.
constexpr qsizetype initialsLength = 10;
constexpr qsizetype fullLength = 30;
constexpr qsizetype codeLength = fullLength;
constexpr qsizetype shortestTail = 4;
constexpr std::size_t longestPersonName = 4;
// No text is searched beyond this: notes have a beginning.
constexpr qsizetype textLength = 2000;
constexpr qsizetype queryLength = 64;
constexpr qsizetype queryParts = 12;

enum class Script { None, Han, Word };

// A stretch of one script, already in the form that is stored and searched.
struct Run
{
    Script script;
    QString text;
};

bool isHan(char32_t c)
{
    return QChar::script(c) == QChar::Script_Han && QChar::isLetterOrNumber(c);
}

// What was a mark in Unicode 6.1 and is a letter now.
bool wasMark(char32_t c)
{
    return QChar::script(c) == QChar::Script_NewTaiLue || c == 0x1cf2 || c == 0x1cf3;
}

// SQLite's unicode61 knows Unicode 6.1: newer letters would be separators to it.
Script scriptOf(char32_t c)
{
    const bool letter = QChar::isLetterOrNumber(c);
    if (!letter || QChar::unicodeVersion(c) == QChar::Unicode_Unassigned
        || QChar::unicodeVersion(c) > QChar::Unicode_6_1 || wasMark(c))
        return Script::None;
    return isHan(c) ? Script::Han : Script::Word;
}

// Compatibility forms and case are folded and marks taken off, the same for text and query, so that
// unicode61 has nothing left to fold.
QString searchForm(QStringView text)
{
    const bool isPlain = std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.unicode() < 0x80 || (c.unicode() >= 0x4e00 && c.unicode() <= 0x9fff);
    });
    if (isPlain)
        return text.toString().toLower().remove(u'\'');
    QString bare;
    const QString parts = text.toString().normalized(QString::NormalizationForm_KD).toCaseFolded();
    for (const char32_t c : parts.normalized(QString::NormalizationForm_KD).toUcs4()) {
        if (!QChar::isMark(c) && c != U'\'' && c != U'\u2019')
            bare += QString::fromUcs4(&c, 1);
    }
    return bare.normalized(QString::NormalizationForm_C);
}

std::vector<Run> runsOf(QStringView text)
{
    std::vector<Run> runs;
    Script previous = Script::None;
    for (const char32_t c : searchForm(text).toUcs4()) {
        const Script script = scriptOf(c);
        if (script != Script::None) {
            if (script != previous)
                runs.push_back({script, {}});
            runs.back().text += QString::fromUcs4(&c, 1);
        }
        previous = script;
    }
    return runs;
}

QStringList charactersOf(const QString &text)
{
    QStringList characters;
    for (const char32_t c : text.toUcs4())
        characters += QString::fromUcs4(&c, 1);
    return characters;
}

// 中国银行 -> 中国 国银 银行. Stored and searched in this order, so that a phrase of pairs is found
// only where the characters stand together.
QStringList pairsOf(const QStringList &characters)
{
    QStringList pairs;
    for (qsizetype i = 1; i < characters.size(); ++i)
        pairs += characters[i - 1] + characters[i];
    return pairs;
}

QString quoted(const QString &words)
{
    return u'"' + words + u'"';
}

QString prefixed(const QString &word)
{
    return quoted(word) + u'*';
}

QString hanExpression(const QString &text)
{
    const QStringList characters = charactersOf(text);
    return quoted(characters.size() == 1 ? text : pairsOf(characters).join(u' '));
}

// A word may be Latin, pinyin or initials; what is stored is cut, so the query is cut likewise.
// Keyboards write ü as v: lvshi, nvzhuang.
QString wordExpression(const QString &word)
{
    const QString cut = word.left(fullLength);
    QStringList choices{prefixed(cut)};
    if (word.size() > initialsLength)
        choices += quoted(word.left(initialsLength));
    QString umlaut = cut;
    umlaut.replace(u"lv"_s, u"lu"_s).replace(u"nv"_s, u"nu"_s);
    if (umlaut != cut)
        choices += prefixed(umlaut);
    return choices.size() == 1 ? choices.first() : u'(' + choices.join(u" OR "_s) + u')';
}

// "138-0013 8000" or "+86 871 6312 3456" as one number; empty when the input is no number.
QString numberIn(QStringView input)
{
    qsizetype digits = 0;
    for (const QChar c : input) {
        if (c.isDigit())
            ++digits;
        else if (!QStringView(u" -+()./").contains(c))
            return {};
    }
    if (digits < 7)
        return {};
    const PhoneNumber phone = parsePhone(input);
    if (phone.isValid())
        return phone.nationalDigits();
    QString plain;
    for (const QChar c : input) {
        if (c.isDigit())
            plain += c;
    }
    return plain;
}

} // namespace

void SearchText::append(QStringView word)
{
    if (!m_words.isEmpty())
        m_words += u' ';
    m_words += word;
}

void SearchText::addTails(const QString &word)
{
    const QString cut = word.left(codeLength);
    append(cut);
    for (qsizetype from = 1; from + shortestTail <= cut.size(); ++from)
        append(QStringView(cut).sliced(from));
}

SearchText &SearchText::addProse(QStringView text)
{
    for (const Run &run : runsOf(text.left(textLength))) {
        if (run.script == Script::Word) {
            append(QStringView(run.text).left(fullLength));
            continue;
        }
        const QStringList characters = charactersOf(run.text);
        for (const QString &pair : pairsOf(characters))
            append(pair);
        for (const QString &character : characters)
            append(character);
    }
    return *this;
}

void SearchText::addSounds(const std::vector<Syllable> &syllables)
{
    if (std::none_of(syllables.begin(), syllables.end(), [](const Syllable &s) { return s.isHan; }))
        return;
    for (std::size_t from = 0; from < syllables.size(); ++from) {
        QString initials;
        QString full;
        for (std::size_t i = from; i < syllables.size(); ++i) {
            if (initials.size() >= initialsLength && full.size() >= fullLength)
                break;
            const Syllable &syllable = syllables[i];
            initials += syllable.isHan ? QStringView(syllable.text).left(1) : syllable.text;
            full += syllable.text;
        }
        append(QStringView(initials).left(initialsLength));
        append(QStringView(full).left(fullLength));
    }
}

SearchText &SearchText::add(QStringView text)
{
    const QStringView start = text.left(textLength);
    addProse(start);
    const auto sounds = Pinyin().syllables(start);
    addSounds(sounds);
    if (sounds.size() <= longestPersonName) {
        const auto asPerson = Pinyin().syllables(start, Pinyin::Name::Person);
        if (asPerson != sounds)
            addSounds(asPerson);
    }
    return *this;
}

SearchText &SearchText::addPhones(QStringView text)
{
    for (const PhoneNumber &phone : parsePhones(text)) {
        if (phone.isValid())
            addTails(phone.nationalDigits());
        else
            addProse(phone.raw);
    }
    return *this;
}

SearchText &SearchText::addCode(QStringView code)
{
    for (const Run &run : runsOf(code.left(textLength))) {
        if (run.script == Script::Word)
            addTails(run.text);
        else
            add(run.text);
    }
    return *this;
}

QString searchExpression(QStringView input)
{
    const QStringView typed = input.trimmed().left(queryLength);
    QStringList parts;
    for (const Run &run : runsOf(typed)) {
        parts += run.script == Script::Han ? hanExpression(run.text) : wordExpression(run.text);
        if (parts.size() == queryParts)
            break;
    }
    QString words = parts.join(u" AND "_s);
    const QString number = numberIn(typed);
    if (number.isEmpty())
        return words;
    return prefixed(number.left(codeLength)) + u" OR ("_s + words + u')';
}

} // namespace keydesk
