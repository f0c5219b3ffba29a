#include "query/computed_fields.h"

namespace keydesk {

ComputedField isFilledField(const QString &name, const QString &column, const Label &label)
{
    ComputedField computed;
    computed.field.name = name;
    computed.field.label = label;
    computed.field.kind = Kind::Boolean;
    computed.sql = "t." + column.toLatin1() + " IS NOT NULL";
    return computed;
}

} // namespace keydesk
