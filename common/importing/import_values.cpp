#include "importing/import_values.h"

#include "base/date_text.h"
#include "base/decimal.h"
#include "base/money_text.h"
#include "base/phone.h"
#include "schema/kind_check.h"

#include <QRegularExpression>

#include <algorithm>
#include <limits>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int chinaOffset = 8 * 3600; // businessDate() goes by it

template <class T, class Read>
Result<Cell> cellOf(const Result<T> &value, Read read)
{
    if (!value)
        return value.error();
    return Cell(read(*value));
}

QStringList wordsOf(const QString &text)
{
    static const QRegularExpression signs(u"[,;，；、\n]"_s);
    QStringList words;
    for (const QString &word : text.split(signs)) {
        if (!word.trimmed().isEmpty() && !words.contains(word.trimmed()))
            words.append(word.trimmed());
    }
    return words;
}

// The choices in both languages, as an Error's argument.
QString choicesOf(const FieldInfo &field)
{
    QStringList zh;
    QStringList en;
    for (const EnumKey &key : field.keys) {
        zh.append(QString::fromUtf8(key.label.zh));
        en.append(QString::fromLatin1(key.key));
    }
    return zh.join(u"、"_s) + Label::separator + en.join(u", "_s);
}

Result<QString> keyFor(const FieldInfo &field, const QString &text)
{
    const QString wanted = plainInput(text);
    for (const EnumKey &key : field.keys) {
        for (const char *name : {key.key, key.label.zh, key.label.en}) {
            if (wanted.compare(plainInput(QString::fromUtf8(name)), Qt::CaseInsensitive) == 0)
                return QString::fromLatin1(key.key);
        }
    }
    return Error("import.not_choice"_reason, {text, choicesOf(field)});
}

Result<Cell> keysFor(const FieldInfo &field, const QString &text)
{
    QStringList keys;
    for (const QString &word : wordsOf(text)) {
        const auto key = keyFor(field, word);
        if (!key)
            return key.error();
        if (!keys.contains(*key))
            keys.append(*key);
    }
    return Cell(keys.join(u','));
}

Result<Cell> integerFor(const QString &text)
{
    const auto value = parseInteger(text);
    if (!value)
        return value.error();
    // Every number of ours is kept in an int.
    if (*value < std::numeric_limits<int>::min() || *value > std::numeric_limits<int>::max())
        return Error("value.out_of_range"_reason, {text});
    return Cell(*value);
}

Result<Cell> readAs(const FieldInfo &field, const QString &trimmed)
{
    switch (field.kind) {
    case Kind::Code:
        return cellOf(keyFor(field, trimmed), [](const QString &key) { return key; });
    case Kind::CodeList:
        return keysFor(field, trimmed);
    case Kind::TextList:
        return Cell(wordsOf(trimmed).join(u','));
    case Kind::Integer:
        return integerFor(trimmed);
    case Kind::Money:
        return cellOf(parseMoney(trimmed), [](Money amount) { return amount.fen; });
    case Kind::BasisPoints:
        return cellOf(parsePercent(trimmed), [](BasisPoints rate) { return rate.value; });
    case Kind::Date:
        return cellOf(parseDate(trimmed), [](QDate date) { return date.toString(Qt::ISODate); });
    case Kind::Instant:
        return cellOf(parseInstant(trimmed, QTimeZone(chinaOffset)),
                      [](Instant at) { return at.ms; });
    case Kind::Boolean:
        return cellOf(parseBoolean(trimmed), [](bool value) { return value ? 1 : 0; });
    case Kind::Phone:
        return Cell(displayPhones(trimmed));
    case Kind::LongText:
        return Cell(trimmed);
    default:
        return Cell(trimmed.simplified());
    }
}

} // namespace

Result<Cell> importedCell(const FieldInfo &field, const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return Cell();
    auto cell = readAs(field, trimmed);
    if (!cell)
        return cell;
    if (auto fits = checkKind(field, *cell); !fits)
        return fits.error();
    return cell;
}

} // namespace keydesk
