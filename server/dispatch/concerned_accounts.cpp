#include "dispatch/concerned_accounts.h"

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

bool showsAnother(const EntityInfo &info, const Row &before, const Row &now,
                  const QStringList &fields)
{
    return std::any_of(fields.begin(), fields.end(), [&](const QString &field) {
        return info.cell(before, field) != info.cell(now, field);
    });
}

} // namespace

std::set<QString> concernedAccounts(CommandContext &context, const ShownFields &fields)
{
    std::set<QString> accounts;
    for (const auto &[name, ids] : context.tx.changes().rows()) {
        const auto shown = fields.find(name);
        if (shown == fields.end())
            continue;
        const EntityInfo &info = context.tx.catalog().entity(name);
        const QString customer = name == u"account" ? u"id"_s : u"account_id"_s;
        for (const QString &id : ids) {
            const auto before = context.tx.before(info, RecordId(id));
            const auto now = context.tx.findEver(info, RecordId(id));
            if (before && now && !showsAnother(info, *before, *now, shown->second))
                continue;
            for (const auto &row : {before, now}) {
                if (row)
                    accounts.insert(info.cell(*row, customer).text());
            }
        }
    }
    accounts.erase(QString());
    return accounts;
}

} // namespace keydesk
