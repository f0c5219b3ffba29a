#include "importing/import_kind.h"

#include "domain/contact.h"
#include "domain/opportunity.h"
#include "domain/staff.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

template <class T>
Row blankRow()
{
    return toRow(T());
}

template <class T>
constexpr ImportKind kind(const char *name, const char *keys, const char *serverOwned = "")
{
    return {name, Schema<T>::table, keys, serverOwned, blankRow<T>};
}

constexpr ImportKind kinds[] = {
    kind<Account>("accounts", "group_code|name",
                  "value_class,mgmt_tier,service_level,national_ka,owner_staff_id"),
    kind<Contact>("contacts", "account_id,name"),
    kind<Staff>("staff", "code|name"),
    kind<ProductOffering>("products", "code|name"),
    kind<Opportunity>("opportunities", "no|account_id,title",
                      "no,account_id,owner_id,captured_by,captured_at,sales_stage,"
                      "stage_entered_at,lost_reason,lost_competitor,revisit_on,won_at,closed_at"),
};

QStringList namesIn(const char *list)
{
    return QString::fromLatin1(list).split(u',', Qt::SkipEmptyParts);
}

} // namespace

QList<QStringList> ImportKind::keyChoices() const
{
    QList<QStringList> choices;
    for (const QString &choice : QString::fromLatin1(keys).split(u'|'))
        choices.append(choice.split(u','));
    return choices;
}

bool ImportKind::takes(const FieldInfo &field) const
{
    if (field.has(FieldFlag::Hidden) || field.kind == Kind::Json || field.kind == Kind::Id)
        return false;
    return !field.has(FieldFlag::ServerOwned) || namesIn(serverOwned).contains(field.name);
}

QStringList ImportKind::fieldNames(const EntityInfo &info) const
{
    QStringList names;
    for (const FieldInfo &field : info.fields()) {
        if (takes(field))
            names.append(field.name);
    }
    return names;
}

const ImportKind *findImportKind(QStringView name)
{
    for (const ImportKind &one : kinds) {
        if (name == QLatin1StringView(one.name))
            return &one;
    }
    return nullptr;
}

QStringList importKindNames()
{
    QStringList names;
    for (const ImportKind &one : kinds)
        names.append(QString::fromLatin1(one.name));
    return names;
}

} // namespace keydesk
