#include "workbench_sight.h"

#include "commands/rights.h"

namespace keydesk {

namespace {

// Sight only reads.
class OnlyReading final : public RowObserver
{
public:
    Result<> rowChanging(const EntityInfo &entity, const Row *, Row &) override
    {
        return Error("storage.failed"_reason, {QStringLiteral("read-only")}, entity.name());
    }
};

} // namespace

QStringList hiddenFields(Workbench &workbench, const EntityInfo &entity, const Row &record)
{
    if (!workbench.isReady())
        return {};
    OnlyReading observer;
    Transaction tx(workbench.reader().store(), observer);
    Actor person;
    person.staff = workbench.me();
    CommandContext context(tx, person, RecordId(), SystemClock().now(),
                           CommandContext::Place::Desktop);
    if (seesInClear(context, entity, record))
        return {};
    QStringList hidden;
    for (const FieldInfo &field : entity.fields()) {
        if (field.has(FieldFlag::Personal) || field.has(FieldFlag::Confidential))
            hidden.append(field.name);
    }
    return hidden;
}

} // namespace keydesk
