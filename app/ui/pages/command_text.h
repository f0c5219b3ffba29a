#pragma once

#include "query/record_lookup.h"
#include "workbench.h"

namespace keydesk {

// One line of what a command says: the words for the argument, and its value for people.
struct TypedLine
{
    QString label;
    QString text;
};

/// The entity that the command's form or change belongs to.
QString entityOf(const CommandCall &call);

/// The command and the records it speaks of: "转回商机  新装专线".
QString commandTitle(const CommandCall &call, const Workbench &workbench,
                     const RecordLookup &lookup);

/// Everything that was typed: texts, choices, dates and the fields of forms, in the reader's
/// language. References to the record itself are in the title.
std::vector<TypedLine> commandLines(const CommandCall &call, const Workbench &workbench,
                                    const RecordLookup &lookup);

/// Why the server refused it, in the reader's language; fields by their labels.
QString refusalText(const RejectedCommand &rejected, const Workbench &workbench);

/// Refused commands that speak of the same records lie in one case, each case in the order in which
/// they were given: what depends on another comes after it.
std::vector<std::vector<RejectedCommand>> casesOf(const std::vector<RejectedCommand> &rejected);

} // namespace keydesk
