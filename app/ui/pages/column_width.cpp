#include "ui/pages/column_width.h"

#include "base/clock.h"
#include "models/record_table_model.h"
#include "ui/widgets/badges.h"

#include <QFontMetrics>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int columnPadding = 2 * 8;
constexpr int sortArrow = 16;
constexpr int columnSlack = 6; // no two fonts agree to the pixel
constexpr int badgeExtra = 30; // glyph, gap and the tint's own padding
constexpr qint64 longestClock = 60 * day + 23 * hour; // as late as anything usually gets

// References by what they point to: a person's name is short, a customer's is not.
QString sampleOfTarget(const QString &target)
{
    if (target == u"staff" || target == u"contact")
        return u"欧阳建国"_s;
    if (target == u"area")
        return u"西双版纳"_s;
    if (target == u"industry" || target == u"channel")
        return u"电话客户经理"_s;
    return u"某某市某某行业客户组"_s;
}

QString sampleOfText(const FieldInfo &field)
{
    if (field.name == u"no")
        return u"SJ-5301-202609-0003"_s;
    if (field.name.endsWith(u"code"))
        return u"5301005735"_s;
    if (field.name == u"title")
        return u"某某产品扩容十个成员若干"_s;
    if (field.name == u"account_name" || field.name == u"name")
        return u"某某市某某股份有限公司"_s;
    return u"某某中心副主任"_s;
}

QString longestKey(const FieldInfo &field, const QFontMetrics &metrics)
{
    QString longest;
    for (const EnumKey &key : field.keys) {
        const QString label = key.label.text();
        if (metrics.horizontalAdvance(label) > metrics.horizontalAdvance(longest))
            longest = label;
    }
    return longest;
}

QString columnSample(const FieldInfo &field, const QFontMetrics &metrics)
{
    switch (field.kind) {
    case Kind::Money:
        return u"9,999,999.00"_s;
    case Kind::Integer:
        return u"99,999"_s;
    case Kind::BasisPoints:
        return u"100 %"_s;
    case Kind::Date:
        return u"2026-12-28"_s;
    case Kind::Instant:
        return u"2026-12-28 08:08"_s;
    case Kind::Phone:
        return u"138 0000 0000"_s;
    case Kind::Code:
        return longestKey(field, metrics);
    case Kind::Reference:
        return sampleOfTarget(field.target);
    case Kind::Text:
        return sampleOfText(field);
    case Kind::CodeList:
    case Kind::TextList:
        return u"电话客户经理、主管"_s;
    case Kind::LongText:
    case Kind::Json:
        return u"某某客户提出的一段需求描述"_s;
    default:
        return u"是"_s;
    }
}

} // namespace

int defaultColumnWidth(const RecordTableModel &model, int column, const QFontMetrics &metrics)
{
    const auto &columns = model.query().columns();
    const QString heading = model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    const int least = metrics.horizontalAdvance(heading) + sortArrow + columnPadding;
    if (column >= int(columns.size())) // the sync mark
        return std::max(least, metrics.horizontalAdvance(u"待同步"_s) + badgeExtra + columnPadding);
    const QueryColumn &field = columns[std::size_t(column)];
    const bool clock = model.hasLook(field.path, ClockRole);
    const QString sample = clock ? clockFace({1, 0, {}}, longestClock).text
                                 : columnSample(field.field, metrics);
    const bool badge = clock || model.hasLook(field.path, BadgeRole);
    return std::max(least,
                    columnSlack + metrics.horizontalAdvance(sample) + (badge ? badgeExtra : 0)
                        + columnPadding);
}

int stretchColumnOf(const RecordTableModel &model)
{
    for (const QString &path : {u"title"_s, u"account_name"_s})
        if (const int column = model.columnOf(path); column >= 0)
            return column;
    return model.query().query().entity == u"account" ? model.columnOf(u"name"_s) : -1;
}

} // namespace keydesk
