#include "base/pinyin.h"

#include "base/pinyin_readings.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

bool isLatinLetter(QChar c)
{
    return c >= u'a' && c <= u'z';
}

bool isAsciiDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

// Compatibility forms to ordinary ones (Ａ, （, ㈱), accents off Latin letters, lower case.
QString foldedForm(QStringView text)
{
    const bool isPlain = std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.unicode() < 0x80 || (c.unicode() >= 0x4e00 && c.unicode() <= 0x9fff);
    });
    if (isPlain)
        return text.toString().toLower();
    QString plain;
    const QString parts = text.toString().normalized(QString::NormalizationForm_KD).toLower();
    for (const QChar c : parts) {
        if (!c.isMark())
            plain += c;
    }
    return plain;
}

} // namespace

const Pinyin::Readings &Pinyin::readings()
{
    // A constant that only ICU can spell out: never written to after it is built.
    static const Readings table;
    return table;
}

std::vector<Syllable> Pinyin::syllables(QStringView text, Name name) const
{
    const QString plain = foldedForm(text);
    std::vector<Syllable> found;
    const auto runEnd = [&plain](qsizetype from, auto belongs) {
        while (from < plain.size() && belongs(plain[from]))
            ++from;
        return from;
    };
    const auto isHan = [](QChar c) {
        return c.unicode() >= 0x3007 && readings().knows(c.unicode());
    };
    for (qsizetype at = 0; at < plain.size();) {
        qsizetype end = runEnd(at, isHan);
        if (end > at) {
            const QStringView run = QStringView(plain).sliced(at, end - at);
            for (const QString &sound : readings().read(run, name, found.empty()))
                found.push_back({sound, true});
        } else {
            end = isLatinLetter(plain[at]) ? runEnd(at, isLatinLetter) : runEnd(at, isAsciiDigit);
            if (end > at)
                found.push_back({plain.mid(at, end - at), false});
        }
        at = std::max(end, at + 1);
    }
    return found;
}

QString Pinyin::initials(QStringView text, Name name) const
{
    QString letters;
    for (const Syllable &syllable : syllables(text, name))
        letters += syllable.isHan ? syllable.text.left(1) : syllable.text;
    return letters;
}

QString Pinyin::full(QStringView text, Name name) const
{
    QString letters;
    for (const Syllable &syllable : syllables(text, name))
        letters += syllable.text;
    return letters;
}

QString Pinyin::sortKey(QStringView text, Name name) const
{
    QStringList sounds;
    for (const Syllable &syllable : syllables(text, name))
        sounds += syllable.text;
    // A tab sorts before the space, so that a shorter name comes before its continuations.
    return sounds.join(u' ') + u'\t' + text.toString();
}

} // namespace keydesk
