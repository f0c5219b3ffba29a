#include "rules/routing_condition.h"

#include "domain/channel.h"
#include "domain/opportunity.h"
#include "domain/product_offering.h"
#include "domain/routing_rule.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

const ConditionKey *findKey(const QString &key)
{
    for (const ConditionKey &known : conditionKeys()) {
        if (key == QLatin1StringView(known.key))
            return &known;
    }
    return nullptr;
}

QJsonObject objectOf(const QString &condition)
{
    return QJsonDocument::fromJson(condition.toUtf8()).object();
}

// One value may stand without a list.
QJsonArray choicesOf(const QJsonValue &value)
{
    return value.isArray() ? value.toArray() : QJsonArray{value};
}

bool isAmong(const QJsonValue &value, const QJsonValue &choices)
{
    const QJsonArray list = choicesOf(choices);
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool holds(const QJsonValue &wanted, const QJsonValue &fact)
{
    if (wanted.isBool())
        return fact.toBool() == wanted.toBool();
    const QJsonArray values = choicesOf(fact);
    return std::any_of(values.begin(), values.end(),
                       [&](const QJsonValue &value) { return isAmong(value, wanted); });
}

bool knowsWord(const ConditionKey &key, const QJsonValue &word)
{
    return std::any_of(key.words.begin(), key.words.end(), [&](const EnumKey &known) {
        return word.toString() == QLatin1StringView(known.key);
    });
}

Error malformed(const QString &shown, Label problem)
{
    return Error("field.malformed"_reason,
                 {RoutingRule::conditionLabel.argument(), shown, problem.argument()});
}

Result<> checkChoices(const ConditionKey &key, const QJsonValue &value)
{
    if (key.form == ConditionKey::YesNo)
        return value.isBool()
            ? Result<>()
            : malformed(key.label.argument(), {"应为是或否", "yes or no expected"});
    const QJsonArray choices = choicesOf(value);
    if (choices.isEmpty())
        return Error("routing.empty_choice"_reason,
                     {RoutingRule::conditionLabel.argument(), key.label.argument()});
    for (const auto &choice : choices) {
        const bool fits = key.form == ConditionKey::Word ? knowsWord(key, choice)
                                                         : !choice.toString().isEmpty();
        if (!fits)
            return malformed(choice.isString() ? choice.toString() : key.label.argument(),
                             {"不在可选范围内", "not one of the choices"});
    }
    return {};
}

// A potential customer is one of the value class of that name: both may be asked, and then they
// have to agree.
Result<> checkPotential(const QJsonObject &condition)
{
    const QJsonValue potential = condition.value(u"potential"_s);
    const QJsonValue classes = condition.value(u"value_class"_s);
    if (!potential.isBool() || classes.isUndefined())
        return {};
    const QJsonArray list = choicesOf(classes);
    const bool agrees = std::any_of(list.begin(), list.end(), [&](const QJsonValue &one) {
        return (one.toString() == keyOf(ValueClass::Potential)) == potential.toBool();
    });
    if (agrees)
        return {};
    return Error("routing.contradiction"_reason,
                 {RoutingRule::conditionLabel.argument(), findKey(u"potential"_s)->label.argument(),
                  findKey(u"value_class"_s)->label.argument()});
}

QString choiceText(const ConditionKey &key, const QString &choice, const NameOfCode &nameOf)
{
    if (key.form == ConditionKey::Record) {
        const QString name = nameOf(QString::fromLatin1(key.entity), choice);
        return name.isEmpty() ? choice : name;
    }
    for (const EnumKey &word : key.words) {
        if (choice == QLatin1StringView(word.key))
            return word.label.text();
    }
    return choice;
}

} // namespace

std::span<const ConditionKey> conditionKeys()
{
    using K = ConditionKey;
    // A row is a line.
    // clang-format off
    static constexpr ConditionKey keys[] = {
        {"am_flag", {"客户经理标识", "Account manager"}, K::YesNo, {"有客户经理标识", "has an account manager"}, {"无客户经理标识", "has no account manager"}},
        {"potential", {"潜在客户", "Potential customer"}, K::YesNo, {"潜在客户", "potential customer"}, {"非潜在客户", "no potential customer"}},
        {"value_class", {"价值分类", "Value class"}, K::Word, {}, {}, EnumTable<ValueClass>::keys},
        {"area", {"本地网", "Area"}, K::Record, {}, {}, {}, "area"},
        {"industry", {"行业", "Industry"}, K::Record, {}, {}, {}, "industry"},
        {"product", {"产品", "Product"}, K::Record, {}, {}, {}, "product_offering"},
        {"product_family", {"产品类别", "Product family"}, K::Word, {}, {}, EnumTable<ProductFamily>::keys},
        {"channel", {"采集渠道", "Captured by channel"}, K::Record, {}, {}, {}, "channel"},
        {"kind", {"商机类型", "Kind"}, K::Word, {}, {}, EnumTable<OpportunityKind>::keys},
        {"urgency", {"紧急程度", "Urgency"}, K::Word, {}, {}, EnumTable<Urgency>::keys},
    };
    // clang-format on
    return keys;
}

bool matches(const QString &condition, const QJsonObject &facts)
{
    if (condition.isEmpty())
        return true;
    const QJsonDocument document = QJsonDocument::fromJson(condition.toUtf8());
    if (!document.isObject())
        return false;
    const QJsonObject object = document.object();
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        if (!findKey(entry.key()) || !holds(entry.value(), facts.value(entry.key())))
            return false;
    }
    return true;
}

Result<> checkCondition(const QString &condition)
{
    const QJsonDocument document = QJsonDocument::fromJson(condition.toUtf8());
    if (!condition.isEmpty() && !document.isObject())
        return malformed(condition.left(40), {"结构不正确", "not well formed"});
    const QJsonObject object = document.object();
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        const ConditionKey *key = findKey(entry.key());
        if (!key)
            return malformed(entry.key(), {"没有这个条件", "no such condition"});
        if (auto fits = checkChoices(*key, entry.value()); !fits)
            return fits;
    }
    return checkPotential(object);
}

bool covers(const QString &wide, const QString &narrow)
{
    const QJsonObject outer = objectOf(wide);
    const QJsonObject inner = objectOf(narrow);
    for (auto entry = outer.begin(); entry != outer.end(); ++entry) {
        if (!inner.contains(entry.key()))
            return false;
        const QJsonArray choices = choicesOf(inner.value(entry.key()));
        if (!std::all_of(choices.begin(), choices.end(),
                         [&](const QJsonValue &choice) { return isAmong(choice, entry.value()); }))
            return false;
    }
    return true;
}

QString conditionText(const QString &condition, const NameOfCode &nameOf)
{
    const bool chinese = QLocale().language() == QLocale::Chinese;
    if (!condition.isEmpty() && !QJsonDocument::fromJson(condition.toUtf8()).isObject())
        return condition;
    const QJsonObject object = objectOf(condition);
    QStringList parts;
    QStringList choices;
    for (const ConditionKey &key : conditionKeys()) {
        const QJsonValue wanted = object.value(QLatin1StringView(key.key));
        if (wanted.isUndefined())
            continue;
        if (key.form == ConditionKey::YesNo) {
            parts.append((wanted.toBool() ? key.yes : key.no).text());
            continue;
        }
        choices.clear();
        const QJsonArray given = choicesOf(wanted);
        for (const auto &choice : given)
            choices.append(choiceText(key, choice.toString(), nameOf));
        parts.append(key.label.text() + (chinese ? u"："_s : u": "_s)
                     + choices.join(chinese ? u"、"_s : u", "_s));
    }
    for (const QString &key : object.keys()) { // of a newer server
        if (!findKey(key))
            parts.append(key);
    }
    if (parts.isEmpty())
        return Label{"任何商机", "any opportunity"}.text();
    return parts.join(chinese ? u"；"_s : u"; "_s);
}

} // namespace keydesk
