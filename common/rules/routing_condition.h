#pragma once

#include "base/result.h"
#include "schema/field.h"

#include <QJsonObject>

#include <functional>
#include <span>

namespace keydesk {

// One thing that a routing rule's condition may ask of an opportunity: the one table that matching,
// checking, the form and the sentence for people are made from.
struct ConditionKey
{
    /// YesNo: true or false. Word: a list of keys of an enum. Record: a list of codes of records;
    /// an area's and an industry's code covers what lies below it.
    enum Form { YesNo, Word, Record };

    const char *key;
    Label label;
    Form form;
    Label yes = {}; // YesNo: the sentence when it is wanted
    Label no = {}; // and when its contrary is
    std::span<const EnumKey> words = {}; // Word
    const char *entity = ""; // Record
};

std::span<const ConditionKey> conditionKeys();

/// Whether a rule's condition, a JSON object, holds for the facts. Each key must agree: true or
/// false with that fact, a list with any of the fact's values. {} always holds, an unknown key
/// never.
bool matches(const QString &condition, const QJsonObject &facts);

/// Whether it can be read and could hold for any opportunity at all. Errors: field.malformed for
/// what is no such object, routing.empty_choice and routing.contradiction.
Result<> checkCondition(const QString &condition);

/// Whether whatever meets `narrow` meets `wide` too, as far as the texts tell: codes are compared,
/// what lies below an area or an industry is not looked up.
bool covers(const QString &wide, const QString &narrow);

/// The name of the record of an entity with this code; empty: as the code.
using NameOfCode = std::function<QString(const QString &entity, const QString &code)>;

/// The condition for people, "no account manager; Value A, Value B", in the language of the
/// default QLocale. What cannot be read is shown as it is.
QString conditionText(const QString &condition, const NameOfCode &nameOf);

} // namespace keydesk
