#include "base/pinyin_readings.h"

#include <QLoggingCategory>
#include <QStringList>

#include <unicode/translit.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

Q_LOGGING_CATEGORY(lcPinyin, "keydesk.base.pinyin")

#include "base/pinyin_phrases.inc"

constexpr char16_t firstHan = 0x3400;
constexpr char16_t lastHan = 0x9fff;
constexpr char16_t zero = 0x3007; // 〇
constexpr qsizetype longestSurname = 2;

QString textOf(std::u16string_view view)
{
    return QString::fromUtf16(view.data(), qsizetype(view.size()));
}

QStringList readingOf(std::string_view view)
{
    return QString::fromLatin1(view.data(), qsizetype(view.size())).split(u' ');
}

// A final 行 is a house of trade (世联行, 张家港行), unless the character before it makes it a
// walk, a deed or the title of a ballad (任子行).
bool isTradeHouse(QStringView run, qsizetype at)
{
    static constexpr QStringView doing =
        u"步飞运发进执旅出通远力并自随任先前现流平骑绿天景知践善德修言游慢印品罪暴孝五专独躬偕可施"
        u"实举推"
        u"盛风畅航爬双我子同夜潜履暂百绕巡横智人思下界里北南东西之易";
    static constexpr QStringView corporate[] = {u"集团", u"股份", u"有限",
                                                u"公司", u"企业", u"控股"};
    if (run[at] != u'行' || at < 2 || doing.contains(run[at - 1]))
        return false;
    const QStringView rest = run.sliced(at + 1);
    return rest.isEmpty()
        || std::any_of(std::begin(corporate), std::end(corporate),
                       [&](QStringView word) { return rest.startsWith(word); });
}

} // namespace

Pinyin::Readings::Readings()
    : m_single(lastHan - firstHan + 1)
{
    fillFromIcu();
    addPhrases();
}

void Pinyin::Readings::fillFromIcu()
{
    UErrorCode status = U_ZERO_ERROR;
    UParseError position;
    // Not "Han-Latin/Names": that reads every 单 as the surname, also in 清单. Surnames have their
    // own table here.
    const std::unique_ptr<const icu::Transliterator> latin(
        icu::Transliterator::createInstance("Han-Latin; Latin-ASCII; Lower", UTRANS_FORWARD,
                                            position, status));
    if (U_FAILURE(status) || !latin) {
        qCWarning(lcPinyin) << "no pinyin: ICU has no Han-Latin data," << u_errorName(status);
        return;
    }
    for (char16_t c = firstHan; c <= lastHan; ++c) {
        icu::UnicodeString text(static_cast<UChar32>(c));
        latin->transliterate(text);
        if (text[0] != c)
            m_single[c - firstHan] = QString::fromUtf16(text.getBuffer(), text.length());
    }
}

void Pinyin::Readings::addPhrases()
{
    for (const Phrase &phrase : commonReadings)
        m_single[phrase.word[0] - firstHan] = readingOf(phrase.reading).constFirst();
    for (const Phrase &phrase : surnames)
        m_surnames.insert(textOf(phrase.word), readingOf(phrase.reading));
    for (const Phrase &phrase : phrases) {
        QString word = textOf(phrase.word);
        auto &table = word.startsWith(u'^') ? m_leading : m_words;
        word.remove(u'^');
        table[word[0].unicode()].push_back({word, readingOf(phrase.reading)});
    }
    for (auto *table : {&m_words, &m_leading}) {
        for (auto &words : *table)
            std::stable_sort(words.begin(), words.end(), [](const Word &a, const Word &b) {
                return a.text.size() > b.text.size();
            });
    }
}

const QString &Pinyin::Readings::single(char16_t character) const
{
    static const QString none;
    static const QString ling = u"ling"_s;
    if (character == zero)
        return ling;
    if (character < firstHan || character > lastHan)
        return none;
    return m_single[character - firstHan];
}

qsizetype Pinyin::Readings::appendSurname(QStringView run, QStringList &out) const
{
    for (qsizetype size = std::min(longestSurname, run.size()); size > 0; --size) {
        const auto found = m_surnames.constFind(run.first(size).toString());
        if (found != m_surnames.constEnd()) {
            out += *found;
            return size;
        }
    }
    return 0;
}

qsizetype Pinyin::Readings::appendWord(QStringView rest, bool atStart, QStringList &out) const
{
    const Word *best = nullptr;
    for (const auto *table : {&m_words, atStart ? &m_leading : &m_words}) {
        const auto words = table->constFind(rest[0].unicode());
        if (words == table->constEnd())
            continue;
        const auto word = std::find_if(words->begin(), words->end(), [&](const Word &candidate) {
            return rest.startsWith(candidate.text);
        });
        if (word != words->end() && (!best || word->text.size() > best->text.size()))
            best = &*word;
    }
    if (!best)
        return 0;
    out += best->reading;
    return best->text.size();
}

QStringList Pinyin::Readings::read(QStringView run, Name name, bool atStart) const
{
    QStringList out;
    qsizetype at = 0;
    if (name == Name::Person && atStart)
        at = appendSurname(run, out);
    while (at < run.size()) {
        const qsizetype taken = appendWord(run.sliced(at), atStart && at == 0, out);
        if (taken == 0)
            out += isTradeHouse(run, at) ? u"hang"_s : single(run[at].unicode());
        at += std::max<qsizetype>(taken, 1);
    }
    return out;
}

} // namespace keydesk
