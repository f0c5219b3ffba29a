#include "ui/pages/rule_editor.h"

#include "base/both_words.h"
#include "base/date_text.h"
#include "domain/routing_rule.h"
#include "rules/routing_condition.h"
#include "ui/pages/condition_editor.h"

#include <QCoreApplication>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// The words of the list, in a context of their own for the translator.
struct RuleWords
{
    Q_DECLARE_TR_FUNCTIONS(keydesk::RuleWords)

public:
    static QString target(const RoutingRule &rule, const RecordLookup &lookup)
    {
        switch (rule.target) {
        case RoutingTarget::TeamQueue:
            return rule.teamId.isNull()
                ? tr("Operations centre of the area")
                : tr("Queue of %1", "a team").arg(lookup.title(u"team"_s, rule.teamId.text()));
        case RoutingTarget::Person:
            return lookup.title(u"staff"_s, rule.staffId.text());
        default:
            return labelOf(rule.target);
        }
    }

    static QString validity(const RoutingRule &rule)
    {
        const QString from = rule.validFrom.toString(Qt::ISODate);
        const QString until = rule.validUntil.toString(Qt::ISODate);
        if (from.isEmpty() && until.isEmpty())
            return tr("always", "a rule is in force");
        if (until.isEmpty())
            return tr("from %1", "a date").arg(from);
        if (from.isEmpty())
            return tr("until %1", "a date").arg(until);
        return tr("%1 to %2", "two dates").arg(from, until);
    }

    static Badge state(const RoutingRule &rule, const QDate &today)
    {
        if (!rule.active)
            return {BadgeKind::Neutral, tr("off", "a rule")};
        if (rule.isInForce(today))
            return {BadgeKind::Ok, tr("in use", "a rule")};
        return rule.validUntil.isValid() && rule.validUntil < today
            ? Badge{BadgeKind::Warn, tr("ended", "a rule")}
            : Badge{BadgeKind::Info, tr("not yet", "a rule")};
    }
};

} // namespace

void setUpRuleList(ListPane &list, Desk &desk)
{
    const auto look = [&list, &desk](const char *path, int role, auto wordsFor) {
        list.model().setLook(QString::fromLatin1(path), role,
                             [&desk, wordsFor](const RecordTableModel &rows, int row) {
                                 const auto rule = desk.workbench.reader().find<RoutingRule>(
                                     RecordId(rows.idAt(row)));
                                 return rule ? wordsFor(*rule) : QVariant();
                             });
    };
    look("name", Qt::DisplayRole, [](const RoutingRule &rule) {
        return QVariant(chosenWords(bothWords(rule.name, rule.englishName)));
    });
    look("condition", Qt::DisplayRole, [&desk](const RoutingRule &rule) {
        return QVariant(
            conditionText(rule.condition, [&desk](const QString &entity, const QString &code) {
                return nameOfCode(desk.workbench.reader(), entity, code);
            }));
    });
    look("target", Qt::DisplayRole, [&desk](const RoutingRule &rule) {
        return QVariant(RuleWords::target(rule, desk.lookup));
    });
    look("active", BadgeRole, [&desk](const RoutingRule &rule) {
        return QVariant::fromValue(RuleWords::state(rule, businessDate({desk.ticker.nowMs()})));
    });
    look("valid_until", Qt::DisplayRole,
         [](const RoutingRule &rule) { return QVariant(RuleWords::validity(rule)); });
    list.model().setHeading(u"valid_until"_s, {"有效期", "In force"});

    RowQuery rules;
    rules.entity = u"routing_rule"_s;
    rules.fields = {u"position"_s,    u"name"_s, u"condition"_s,    u"target"_s,    u"active"_s,
                    u"valid_until"_s, u"code"_s, u"english_name"_s, u"valid_from"_s};
    rules.order = {{u"position"_s, false}, {u"code"_s, false}};
    list.hideByDefault({u"code"_s, u"english_name"_s, u"valid_from"_s});
    list.setQuery(rules, {{u"active"_s, {"启用", "In use"}, {Filter::is(u"active"_s, 1)}}});
}

} // namespace keydesk
