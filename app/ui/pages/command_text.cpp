#include "ui/pages/command_text.h"

#include "base/both_words.h"
#include "base/date_text.h"
#include "base/money_text.h"
#include "domain/assignment.h"
#include "domain/custody.h"
#include "domain/note.h"
#include "domain/staff.h"
#include "domain/stage.h"
#include "query/display_text.h"

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// How an argument's value is written for people.
enum class Wording { Words, Moment, Count, YesNo, Stage, Lost, Why, NoteWord, Share, Standing };

struct ArgumentName
{
    const char *name;
    Label label;
    Wording wording = Wording::Words;
};

// The arguments that people type or choose; the others are ids and counters.
constexpr ArgumentName argumentNames[] = {
    {"body", {"内容", "Text"}},
    {"reason", {"原因", "Reason"}, Wording::Why},
    {"note", {"说明", "Note"}},
    {"handled_note", {"办结说明", "What was done"}},
    {"handled", {"首问办结", "Handled at first contact"}, Wording::YesNo},
    {"question", {"问题", "Question"}},
    {"answer", {"答复", "Answer"}},
    {"result", {"处理结果", "Result"}},
    {"outcome", {"结果", "Outcome"}, Wording::Stage},
    {"stage", {"销售阶段", "Stage"}, Wording::Stage},
    {"signed_on", {"签约日期", "Signed on"}},
    {"lost_reason", {"失败原因", "Why lost"}, Wording::Lost},
    {"lost_competitor", {"中标竞争对手", "Lost to"}},
    {"revisit_on", {"再次跟进日期", "Come back on"}},
    {"until", {"至", "Until"}, Wording::Moment},
    {"from", {"自", "From"}, Wording::Moment},
    {"at", {"时间", "At"}, Wording::Moment},
    {"role", {"归属角色", "Role"}, Wording::Share},
    {"kind", {"类型", "Kind"}, Wording::NoteWord},
    {"status", {"状态", "Status"}, Wording::Standing},
    {"queue", {"队列", "Queue"}},
    {"staff", {"人员", "Person"}},
    {"filter", {"筛选", "Filter"}},
    {"rows", {"行数", "Rows"}, Wording::Count},
};

template <class E>
QString keyWords(const QString &key)
{
    for (const EnumKey &one : EnumTable<E>::keys) {
        if (key == QLatin1StringView(one.key))
            return one.label.text();
    }
    return key;
}

QString titleOf(const QString &id, const Workbench &workbench, const RecordLookup &lookup)
{
    if (!RecordId::looksLike(id))
        return {};
    for (const EntityInfo &entity : workbench.catalog().entities()) {
        if (QString title = lookup.title(entity.name(), id); !title.isEmpty())
            return title;
    }
    return {};
}

QString argumentText(Wording wording, const Cell &value, const Workbench &workbench,
                     const RecordLookup &lookup)
{
    switch (wording) {
    case Wording::Words:
        break;
    case Wording::Moment: // some commands name a date, which is written already
        return value.isInteger() ? formatInstant({value.integer()}, businessZone()) : value.text();
    case Wording::Count:
        return formatInteger(value.integer());
    case Wording::YesNo:
        return formatBoolean(value.integer() != 0, QLocale().language());
    case Wording::Stage:
        return keyWords<SalesStage>(value.text());
    case Wording::Lost:
        return keyWords<LostReason>(value.text());
    case Wording::Why:
        return chosenWords(keyWords<CustodyReason>(value.text()));
    case Wording::NoteWord:
        return keyWords<NoteKind>(value.text());
    case Wording::Share:
        return keyWords<AssignmentRole>(value.text());
    case Wording::Standing:
        return keyWords<StaffStatus>(value.text());
    }
    const QString title = titleOf(value.text(), workbench, lookup);
    return title.isEmpty() ? chosenWords(value.text()) : title;
}

void addFields(std::vector<TypedLine> &lines, const EntityInfo &entity, const FieldValues &values,
               const RecordLookup &lookup)
{
    for (const FieldInfo &field : entity.fields()) {
        const auto value = values.find(field.name);
        if (value == values.end() || field.has(FieldFlag::Hidden))
            continue;
        const QString text = displayText(field, value->second, lookup);
        lines.push_back({field.label.text(), text.isEmpty() ? u"–"_s : text});
    }
}

} // namespace

QString entityOf(const CommandCall &call)
{
    if (const auto named = call.arguments.values.find(u"entity"_s);
        named != call.arguments.values.end())
        return named->second.text();
    if (call.type == u"CreateTask")
        return u"task"_s;
    if (call.type == u"SaveStaff")
        return u"staff"_s;
    return call.type == u"SaveRoutingRule" ? u"routing_rule"_s : u"opportunity"_s;
}

QString commandTitle(const CommandCall &call, const Workbench &workbench,
                     const RecordLookup &lookup)
{
    const CommandType *type = workbench.registry().find(call.type);
    QStringList words{type ? type->label.text() : call.type};
    for (const auto &[name, value] : call.arguments.values) {
        if (name == u"queue" || name == u"staff")
            continue;
        if (const QString title = titleOf(value.text(), workbench, lookup); !title.isEmpty())
            words.append(title);
    }
    // A new record is named by its form.
    const auto form = call.arguments.sets.find(u"values"_s);
    if (words.size() == 1 && form != call.arguments.sets.end()) {
        for (const QString &field : {u"title"_s, u"name"_s, u"need_summary"_s}) {
            const auto value = form->second.find(field);
            if (value != form->second.end() && words.size() == 1)
                words.append(value->second.text().left(40));
        }
    }
    return words.join(u"  "_s);
}

// A refusal that was kept from before it named its fields for people says only their names.
QString refusalText(const RejectedCommand &rejected, const Workbench &workbench)
{
    if (rejected.error.key() != u"record.changed" || rejected.error.args.size() != 1)
        return rejected.error.text();
    const EntityInfo *info = workbench.catalog().find(entityOf(rejected.call));
    QStringList labels;
    for (const QString &name : rejected.error.args.front().split(u',')) {
        const FieldInfo *field = info ? info->field(name) : nullptr;
        labels.append(field ? field->label.text() : name);
    }
    return Error(findReason(rejected.error.key()),
                 {rejected.error.args.front(), u"“"_s + labels.join(u"”“"_s) + u"”"_s})
        .text();
}

std::vector<TypedLine> commandLines(const CommandCall &call, const Workbench &workbench,
                                    const RecordLookup &lookup)
{
    std::vector<TypedLine> lines;
    for (const ArgumentName &argument : argumentNames) {
        const QString name = QString::fromLatin1(argument.name);
        const auto value = call.arguments.values.find(name);
        if (value == call.arguments.values.end() || value->second.isEmpty())
            continue;
        if (name == u"handled" && value->second.integer() == 0)
            continue;
        lines.push_back({argument.label.text(),
                         argumentText(argument.wording, value->second, workbench, lookup)});
    }
    const EntityInfo *entity = workbench.catalog().find(entityOf(call));
    for (const auto &[set, values] : call.arguments.sets) {
        if (entity && set != u"seen")
            addFields(lines, *entity, values, lookup);
    }
    return lines;
}

std::vector<std::vector<RejectedCommand>> casesOf(const std::vector<RejectedCommand> &rejected)
{
    struct Case
    {
        std::vector<RejectedCommand> commands;
        References references;
    };
    std::vector<Case> cases;
    for (const RejectedCommand &one : rejected) {
        Case joined{{}, References(one.call)};
        // Several cases may turn out to be one.
        for (std::size_t i = cases.size(); i-- > 0;) {
            if (!cases[i].references.meets(joined.references))
                continue;
            joined.references.add(cases[i].references);
            joined.commands.insert(joined.commands.begin(), cases[i].commands.begin(),
                                   cases[i].commands.end());
            cases.erase(cases.begin() + std::ptrdiff_t(i));
        }
        joined.commands.push_back(one);
        std::sort(joined.commands.begin(), joined.commands.end(),
                  [](const RejectedCommand &a, const RejectedCommand &b) {
                      return a.localNo < b.localNo;
                  });
        cases.push_back(std::move(joined));
    }
    std::vector<std::vector<RejectedCommand>> lists;
    lists.reserve(cases.size());
    for (Case &one : cases)
        lists.push_back(std::move(one.commands));
    return lists;
}

} // namespace keydesk
