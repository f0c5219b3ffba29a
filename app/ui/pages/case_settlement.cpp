#include "ui/pages/case_settlement.h"

#include "commands/edit_record.h"
#include "commands/opportunity_capture.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// What a command sets of a record's fields, and in which of its sets they stand.
struct SettledFields
{
    QString entity;
    QString record;
    QString set;
};

// Nothing for a command that writes over nobody's values.
std::optional<SettledFields> settledFields(const CommandCall &call)
{
    const auto text = [&call](const QString &name) {
        const auto found = call.arguments.values.find(name);
        return found == call.arguments.values.end() ? QString() : found->second.text();
    };
    SettledFields fields;
    if (call.type == QLatin1StringView(EditRecord::name))
        fields = {text(u"entity"_s), text(u"record"_s), u"patch"_s};
    else if (call.type == QLatin1StringView(AnswerInfo::name))
        fields = {u"opportunity"_s, text(u"opportunity"_s), u"values"_s};
    if (fields.record.isEmpty() || !call.arguments.sets.contains(fields.set))
        return std::nullopt;
    return fields;
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
    const auto fields = settledFields(refused.call);
    if (!fields)
        return;
    const Arguments &arguments = refused.call.arguments;
    const EntityInfo *entity = catalog.find(fields->entity);
    const auto row = entity ? reader.findRow(entity->name(), RecordId(fields->record))
                            : std::nullopt;
    if (!row)
        return;
    const FieldValues &patch = arguments.sets.at(fields->set);
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
        const auto fields = settledFields(refused.call);
        for (const Conflict &conflict : m_conflicts) {
            if (conflict.localNo == refused.localNo)
                arguments.sets[u"seen"_s][conflict.field->name] = conflict.theirs;
        }
        if (fields) {
            const QString &record = fields->record;
            for (auto &[field, value] : arguments.sets[fields->set]) {
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
