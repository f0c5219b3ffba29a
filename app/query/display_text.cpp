#include "query/display_text.h"

#include "base/both_words.h"
#include "base/date_text.h"
#include "base/money_text.h"
#include "base/phone.h"
#include "schema/value.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

QString keyLabels(const FieldInfo &field, const QString &keys)
{
    QStringList labels;
    for (const QString &key : keys.split(u',', Qt::SkipEmptyParts))
        labels.append(field.keyLabel(key));
    return labels.join(QLocale().language() == QLocale::Chinese ? u"、"_s : u", "_s);
}

} // namespace

bool isQuantity(Kind kind)
{
    return kind == Kind::Integer || kind == Kind::Money || kind == Kind::BasisPoints;
}

QString displayText(const FieldInfo &field, const Cell &value, const RecordLookup &lookup)
{
    if (value.isEmpty())
        return {};
    switch (field.kind) {
    case Kind::Reference:
        return lookup.title(field.target, value.text());
    case Kind::Code:
        return field.keyLabel(value.text());
    case Kind::CodeList:
        return keyLabels(field, value.text());
    case Kind::TextList:
        return keyLabels({}, value.text());
    case Kind::Integer:
        return formatInteger(value.integer());
    case Kind::Money:
        return formatMoney({value.integer()});
    case Kind::BasisPoints:
        return formatPercent({int(value.integer())});
    case Kind::Instant:
        return formatInstant({value.integer()}, businessZone());
    case Kind::Boolean:
        return formatBoolean(value.integer() != 0, QLocale().language());
    case Kind::Phone:
        return displayPhones(value.text());
    default:
        return chosenWords(value.text());
    }
}

QString exportText(const FieldInfo &field, const Cell &value, const RecordLookup &lookup)
{
    if (value.isEmpty())
        return {};
    switch (field.kind) {
    case Kind::Integer:
        return QString::number(value.integer());
    case Kind::Money:
        return plainMoney({value.integer()});
    default:
        return displayText(field, value, lookup);
    }
}

} // namespace keydesk
