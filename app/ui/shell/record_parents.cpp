#include "ui/shell/record_parents.h"

namespace keydesk {

using namespace Qt::StringLiterals;

std::vector<RecordParent> parentsOf(const ReplicaReader &reader, const QString &entity,
                                    const RecordId &record)
{
    std::vector<RecordParent> parents;
    const auto row = reader.findRow(entity, record);
    if (!row)
        return parents;
    const EntityInfo &info = reader.catalog().entity(entity);
    const auto cell = [&](const QString &column) {
        return info.indexOf(column) < 0 ? QString() : info.cell(*row, column).text();
    };
    if (const QString subject = cell(u"subject_id"_s); !subject.isEmpty())
        parents.push_back({cell(u"subject_entity"_s), RecordId(subject)});
    for (const QString &parent : {u"opportunity"_s, u"account"_s}) {
        if (const QString id = cell(parent + u"_id"_s); !id.isEmpty())
            parents.push_back({parent, RecordId(id)});
    }
    return parents;
}

} // namespace keydesk
