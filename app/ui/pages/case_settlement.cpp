#include "ui/pages/case_settlement.h"

#include "commands/edit_record.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// The record whose fields a command sets; empty for any but an edit.
QString editedRecord(const CommandCall &call)
{
    const auto record = call.arguments.values.find(u"record"_s);
    const bool edits = call.type == QLatin1StringView(EditRecord::name)
        && record != call.arguments.values.end() && call.arguments.sets.contains(u"patch"_s);
    return edits ? record->second.text() : QString();
}

} // namespace

CaseSettlement::CaseSettlement(std::vector<RejectedCommand> commands, const ReplicaReader &reader,
                               const Catalog &catalog)
    : m_commands(std::move(commands))
{
    for (const RejectedCommand &refused : m_commands) {
        if (refused.error.key() == u"record.changed")
            addConflicts(refused, reader, catalog);
    }
}

void CaseSettlement::addConflicts(const RejectedCommand &refused, const ReplicaReader &reader,
                                  const Catalog &catalog)
{
    const QString id = editedRecord(refused.call);
    if (id.isEmpty())
        return;
    const Arguments &arguments = refused.call.arguments;
    const EntityInfo *entity = catalog.find(arguments.values.at(u"entity"_s).text());
    const auto row = entity ? reader.findRow(entity->name(), RecordId(id)) : std::nullopt;
    if (!row)
        return;
    const FieldValues &patch = arguments.sets.at(u"patch"_s);
    const auto seen = arguments.sets.find(u"seen"_s);
    for (const QString &name : refused.error.args.value(0).split(u',')) {
        const FieldInfo *field = entity->field(name);
        if (!field || !patch.contains(name))
            continue;
        Conflict conflict{refused.localNo,
                          field,
                          {},
                          patch.at(name),
                          entity->cell(*row, name),
                          (*row)[common_column::UpdatedBy].text()};
        if (seen != arguments.sets.end() && seen->second.contains(name))
            conflict.base = seen->second.at(name);
        m_conflicts.push_back(std::move(conflict));
    }
}

bool CaseSettlement::isLike(const CaseSettlement &other) const
{
    const auto sameCommand = [](const RejectedCommand &a, const RejectedCommand &b) {
        return a.localNo == b.localNo && a.call.arguments == b.call.arguments;
    };
    return m_conflicts == other.m_conflicts
        && std::equal(m_commands.begin(), m_commands.end(), other.m_commands.begin(),
                      other.m_commands.end(), sameCommand);
}

void CaseSettlement::choose(const Conflict &conflict, const Cell &value)
{
    m_choices[{conflict.localNo, conflict.field->name}] = value;
}

Outbox::Chosen CaseSettlement::settled() const
{
    Outbox::Chosen all;
    std::map<std::pair<QString, QString>, Cell> written; // by record and field
    for (const RejectedCommand &refused : m_commands) {
        Arguments arguments = refused.call.arguments;
        const QString record = editedRecord(refused.call);
        for (const Conflict &conflict : m_conflicts) {
            if (conflict.localNo == refused.localNo)
                arguments.sets[u"seen"_s][conflict.field->name] = conflict.theirs;
        }
        if (!record.isEmpty()) {
            for (auto &[field, value] : arguments.sets[u"patch"_s]) {
                const auto choice = m_choices.find({refused.localNo, field});
                if (choice != m_choices.end())
                    value = choice->second;
                if (const auto earlier = written.find({record, field}); earlier != written.end())
                    arguments.sets[u"seen"_s][field] = earlier->second;
                written[{record, field}] = value;
            }
        }
        all[refused.localNo] = std::move(arguments);
    }
    return all;
}

} // namespace keydesk
