#include "commands/export_command.h"

#include "commands/rights.h"

namespace keydesk {

using namespace Qt::StringLiterals;

Result<> ExportRecords::permit(CommandContext &context) const
{
    const QString act = QString::fromLatin1(name);
    return mayDo(context, act) ? Result<>() : Result<>(wrongRole(act));
}

Result<> ExportRecords::apply(CommandContext &context) const
{
    if (!context.tx.catalog().find(entity))
        return Error("entity.unknown"_reason, {entity});
    if (rows < 0 || rows > mostRows)
        return Error("export.too_many"_reason, {QString::number(mostRows)});
    return {};
}

QString ExportRecords::auditObject() const
{
    return u"%1 rows=%2 masked=%3"_s.arg(entity, QString::number(rows),
                                         QString::number(int(masked)));
}

} // namespace keydesk
