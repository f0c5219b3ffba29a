#pragma once

#include "commands/registry.h"

#include <QSet>

namespace keydesk {

/// How many records of its own making are looked for in what refers to a command: the first of them
/// and its companions.
inline constexpr int mostMadeRecords = 12;

// What ties commands together: the records that one acts on, those it is to make, and those its
// forms point to. Knows ids only, no rows.
class References
{
public:
    References() = default;
    explicit References(const CommandCall &call);

    /// Whether the two belong to one case: they act on one record, or one points to what the other
    /// is to make.
    bool meets(const References &other) const;
    /// Whether this, given later, must stay behind `earlier`: it acts on a record that the other
    /// acts on too, or on one that the other is to make.
    bool needs(const References &earlier) const;
    void add(const References &other);

    /// Acted on or made.
    QSet<QString> records() const { return named + made; }

    QSet<QString> named; // acted on
    QSet<QString> made;
    QSet<QString> pointed;
};

// Which records take the place of those that a command was to make and never will, because it goes
// on as another one.
class RenewedIds
{
public:
    /// The command `old` goes on as `fresh`.
    void add(const RecordId &old, const RecordId &fresh);
    bool isEmpty() const { return m_ids.empty(); }
    /// Whether the arguments speak of one of the old records; they speak of the new ones then.
    bool follow(Arguments &arguments) const;

private:
    std::map<QString, QString> m_ids;
};

} // namespace keydesk
