#pragma once

#include "support/command_desk.h"

namespace keydesk {

// What the person is to the customer, deal, task or colleague that a command is about.
enum class Standpoint { Own, Team, Org, Partner, Revoked, Vacant, OtherOrg, Missing };
constexpr const char *standpoints[] = {"own",     "team",   "org",       "partner's",
                                       "revoked", "vacant", "other org", "missing"};

// A record of every kind, placed where the person stands in that relation to it.
struct Spot
{
    QMap<QString, RecordId> records;
    RecordId holder, team, asked, queued;
};

// Two cities, the person in the first, and a spot for each relation in which every record of his is
// at its most permissive: a deal that waits for its claim, is escalated and so on.
class Premises
{
public:
    Premises(Role role, bool hasTeam);

    CommandDesk desk;
    Area kunming = desk.area(QStringLiteral("0871"));
    Area suzhou = desk.area(QStringLiteral("0512"));
    Team team = desk.queue(QStringLiteral("T1"), TeamKind::Sales, kunming.id);
    Team other = desk.queue(QStringLiteral("T2"), TeamKind::Sales, kunming.id);
    Team far = desk.queue(QStringLiteral("T3"), TeamKind::Sales, suzhou.id);
    Team centre = desk.queue(QStringLiteral("OC"), TeamKind::OperationsCentre, kunming.id);
    Staff me, mate, neighbour, partner, stranger;
    QMap<Standpoint, Spot> spots;

private:
    RecordId place(const QString &entity, const QMap<QString, RecordId> &columns);
    RecordId deal(const RecordId &account, const RecordId &area, CustodyState state,
                  const RecordId &holder);
    Spot furnish(const Area &area, const Staff &holder, const Team &ofHolder);
    void wasMine(const Spot &spot);
    void nobodyManages(const Spot &spot);
};

/// The call that asks for one line of the table of rights ("EditRecord contact"), about the records
/// of a spot.
CommandCall callFor(const QString &act, const Spot &spot);

} // namespace keydesk
