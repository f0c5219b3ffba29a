#include "base/phone.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

// A stretch of text that can hold one number, and what stood before it.
struct Piece
{
    QString text;
    QChar separator;
};

// Full-width forms become ASCII (NFKC); the many dashes become '-'; direction marks and zero-width
// characters, which come along when a number is copied out of a chat, disappear.
QString plainForm(QStringView text)
{
    QString plain;
    const QString compatible = text.toString().normalized(QString::NormalizationForm_KC);
    for (const QChar c : compatible) {
        if (c.category() == QChar::Punctuation_Dash || c == u'\u2212' || c == u'\u30fc')
            plain += u'-';
        else if (c.isDigit())
            plain += QChar(u'0' + char16_t(c.digitValue()));
        else if (c.isSpace() && c != u'\n')
            plain += u' ';
        else if (c.category() != QChar::Other_Format)
            plain += c;
    }
    return plain;
}

// RFC 3966 and RFC 3261 addresses: "sip:13800138000@10.0.0.1;user=phone",
// "<tel:+86-10-8888;ext=1>".
QString withoutAddress(const QString &text)
{
    static const QRegularExpression address(u"(?:sips?|tel):([^@;>?\\s]+)[^\\s>]*"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    const auto match = address.match(text);
    return match.hasMatch() ? match.captured(1) : text;
}

constexpr auto extensionMark = "(?:转|轉|分机|內線|内线|extension|ext\\.?|x|#)";

std::vector<Piece> piecesOf(const QString &text)
{
    // 或, 和 and 及 join numbers in running text.
    static const QRegularExpression separator(u"[/;,、|&\\n。]|或|和|及"_s);
    static const QRegularExpression extensionOnly(u"^\\s*"_s + QString::fromUtf8(extensionMark)
                                                      + u"\\s*:?\\s*\\d"_s,
                                                  QRegularExpression::CaseInsensitiveOption);
    std::vector<Piece> pieces;
    qsizetype from = 0;
    QChar before;
    while (from <= text.size()) {
        const auto match = separator.match(text, from);
        const qsizetype to = match.hasMatch() ? match.capturedStart() : text.size();
        const QString part = text.mid(from, to - from).trimmed();
        if (!pieces.empty() && extensionOnly.match(part).hasMatch())
            pieces.back().text += part;
        else if (!part.isEmpty())
            pieces.push_back({part, before});
        if (!match.hasMatch())
            break;
        before = text.at(to);
        from = match.capturedEnd();
    }
    return pieces;
}

QString onlyDigits(QStringView run)
{
    QString digits;
    for (const QChar c : run) {
        if (c == u'+' ? digits.isEmpty() : (c >= u'0' && c <= u'9'))
            digits += c;
    }
    return digits;
}

PhoneNumber planned(const QString &raw, QStringView digits, const QString &extension,
                    QStringView home)
{
    PlannedNumber number = readByPlan(digits, home);
    return {raw, std::move(number.key), extension, number.kind};
}

// "0871-63123456-8001", "400-123-4567-801": a last group that is too much is an extension.
PhoneNumber readRun(const QString &run, const QString &extension, QStringView home)
{
    static const QRegularExpression date(u"^\\d{4}-\\d{1,2}-\\d{1,2}$"_s);
    const QString raw = run.trimmed();
    if (date.match(raw).hasMatch())
        return {raw, {}, {}, PhoneKind::Unknown};
    PhoneNumber whole = planned(raw, onlyDigits(run), extension, home);
    const qsizetype dash = raw.lastIndexOf(u'-');
    if (whole.isValid() || dash <= 0 || !extension.isEmpty())
        return whole;
    const QString tail = onlyDigits(QStringView(raw).sliced(dash + 1));
    if (tail.isEmpty() || tail.size() > 6)
        return whole;
    PhoneNumber head = planned(raw, onlyDigits(QStringView(raw).first(dash)), tail, home);
    return head.isValid() ? head : whole;
}

// Spaces group digits, but also separate numbers: take the longest valid groups from the left.
std::vector<PhoneNumber> readSpacedRun(const QString &run, const QString &extension,
                                       QStringView home)
{
    PhoneNumber whole = readRun(run, extension, home);
    const QStringList groups = run.split(u' ', Qt::SkipEmptyParts);
    if (whole.isValid() || groups.size() < 2 || groups.size() > 40)
        return {whole};
    std::vector<PhoneNumber> found;
    for (qsizetype from = 0; from < groups.size();) {
        qsizetype taken = std::min<qsizetype>(5, groups.size() - from);
        PhoneNumber number;
        for (; taken > 0; --taken) {
            const bool last = from + taken == groups.size();
            number = readRun(groups.mid(from, taken).join(u' '), last ? extension : QString(),
                             home);
            if (number.isValid())
                break;
        }
        if (taken == 0)
            return {whole};
        found.push_back(number);
        from += taken;
    }
    return found;
}

std::vector<PhoneNumber> readPiece(const Piece &piece, QStringView home)
{
    static const QRegularExpression extended(u"^(.*\\d.*?)"_s + QString::fromUtf8(extensionMark)
                                                 + u"\\s*:?\\s*(\\d{1,6})#?$"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression runs(u"\\+?[\\d(][\\d ().\\-_]*"_s);
    const auto extensionMatch = extended.match(piece.text);
    const QString main = extensionMatch.hasMatch() ? extensionMatch.captured(1) : piece.text;
    const QString extension = extensionMatch.captured(2);
    // A masked number ("138****1234") holds digits, but not those of any number.
    const bool starred = main.contains(u'*') && !main.startsWith(u'*');
    std::vector<PhoneNumber> valid;
    std::vector<PhoneNumber> other;
    for (auto it = runs.globalMatch(main); it.hasNext() && !starred;) {
        for (PhoneNumber &number : readSpacedRun(it.next().captured(), extension, home))
            (number.isValid() ? valid : other).push_back(std::move(number));
    }
    if (!valid.empty())
        return valid;
    if (other.size() == 1 && other.front().raw == main.trimmed())
        return other;
    return {PhoneNumber{piece.text, {}, {}, PhoneKind::Unknown}};
}

// "0871-63123456/57" means a second line ending in 57; ",57" after a landline is its extension.
bool completesPrevious(std::vector<PhoneNumber> &numbers, const Piece &piece)
{
    static const QRegularExpression ending(u"^\\d{1,4}$"_s);
    if (numbers.empty() || numbers.back().kind != PhoneKind::Landline
        || !ending.match(piece.text).hasMatch() || readByPlan(piece.text).key.size())
        return false;
    if (piece.separator == u'/' || piece.separator == u'、') {
        PhoneNumber sibling = numbers.back();
        sibling.raw = piece.text;
        sibling.extension.clear();
        sibling.key = sibling.key.chopped(piece.text.size()) + piece.text;
        numbers.push_back(sibling);
        return true;
    }
    if (piece.separator != u',' || !numbers.back().extension.isEmpty())
        return false;
    numbers.back().extension = piece.text;
    return true;
}

// 1234 of +8613800131234; the front says which kind it is, as ux.md and reliability.md show it.
QString maskedKey(const PhoneNumber &number)
{
    const QStringList parts = readableParts(number.kind, number.key);
    switch (number.kind) {
    case PhoneKind::ServiceLine:
    case PhoneKind::ShortCode:
        return parts.join(u'-');
    case PhoneKind::International:
        return number.key.left(number.key.size() > 10 ? 4 : 2) + u"****"_s
            + number.key.right(number.key.size() > 10 ? 4 : 2);
    default:
        return parts.first() + u"****"_s + number.key.right(4);
    }
}

} // namespace

QString PhoneNumber::nationalDigits() const
{
    if (kind == PhoneKind::International)
        return u"00"_s + key.mid(1);
    return isValid() ? readableParts(kind, key).join(QString()) : QString();
}

QString PhoneNumber::display() const
{
    if (!isValid())
        return raw;
    const QString main = readableParts(kind, key).join(kind == PhoneKind::Mobile ? u' ' : u'-');
    return extension.isEmpty() ? main : main + u'-' + extension;
}

QString PhoneNumber::masked() const
{
    if (isValid())
        return maskedKey(*this);
    QString digits;
    const QString plain = plainForm(raw);
    for (const QChar c : plain) {
        if (c >= u'0' && c <= u'9')
            digits += c;
    }
    if (digits.isEmpty())
        return raw.isEmpty() ? QString() : u"****"_s;
    return u"****"_s + (digits.size() > 6 ? digits.right(2) : QString());
}

std::vector<PhoneNumber> parsePhones(QStringView text, QStringView homeAreaCode)
{
    std::vector<PhoneNumber> numbers;
    for (const Piece &piece : piecesOf(withoutAddress(plainForm(text)))) {
        if (completesPrevious(numbers, piece))
            continue;
        std::vector<PhoneNumber> found = readPiece(piece, homeAreaCode);
        std::move(found.begin(), found.end(), std::back_inserter(numbers));
    }
    if (numbers.size() == 1)
        numbers.front().raw = text.trimmed().toString();
    return numbers;
}

PhoneNumber parsePhone(QStringView text, QStringView homeAreaCode)
{
    const std::vector<PhoneNumber> numbers = parsePhones(text, homeAreaCode);
    const auto valid = std::find_if(numbers.begin(), numbers.end(),
                                    [](const PhoneNumber &number) { return number.isValid(); });
    if (valid != numbers.end())
        return *valid;
    return numbers.empty() ? PhoneNumber() : numbers.front();
}

Result<PhoneNumber> requirePhone(QStringView text, QStringView homeAreaCode)
{
    PhoneNumber number = parsePhone(text, homeAreaCode);
    if (!number.isValid())
        return Error("value.not_phone"_reason, {text.trimmed().toString()});
    return number;
}

Result<> checkPhones(QStringView text)
{
    const std::vector<PhoneNumber> numbers = parsePhones(text);
    if (std::any_of(numbers.begin(), numbers.end(),
                    [](const PhoneNumber &number) { return number.isValid(); }))
        return {};
    return Error("value.not_phone"_reason, {text.toString()});
}

QString maskedPhones(QStringView text)
{
    QStringList shown;
    for (const PhoneNumber &number : parsePhones(text))
        shown += number.masked();
    return shown.join(u" / "_s);
}

QString displayPhones(QStringView text)
{
    QStringList shown;
    for (const PhoneNumber &number : parsePhones(text))
        shown += number.display();
    return shown.join(u" / "_s);
}

} // namespace keydesk
