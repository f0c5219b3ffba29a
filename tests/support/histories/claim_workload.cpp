#include "support/histories/register_checker.h"
#include "support/histories/workload.h"

namespace keydesk::blackbox {

using namespace Qt::StringLiterals;

namespace {

constexpr int wantedDeals = 3;
constexpr char dealTitle[] = "抢单"; // of those made for it

// Three managers on four desktops reach for the same opportunities, give up and give back what they
// got; a dispatcher gives it out again.
class ClaimWorkload final : public Workload
{
public:
    QStringList seats() const override
    {
        return {u"1101"_s, u"1102"_s, u"1102"_s, u"1103"_s, u"1151"_s};
    }
    bool choose(Database &first, Database &last, History &history) override;
    std::vector<std::pair<int, Wish>> preparations(Database &first, Database &last) override;
    std::vector<Wish> wishes(const QString &person, const Checkpoint &last,
                             QRandomGenerator &random) override;
    void read(Database &replica, Checkpoint &checkpoint) const override;
    std::vector<Element> master(Database &master) const override;
    Anomalies check(const History &history) const override { return checkClaims(history); }
    QString holderIn(const QString &message) const override;

private:
    int dispatcher() const { return int(seats().size()) - 1; }
    Wish wish(Act act, const QString &deal) const;

    QStringList m_deals;
    QString m_team; // whose queue the deals lie in
    QString m_centre; // where they go back to
    QByteArray m_since; // the position at which all of them lay open
    std::map<QString, QString> m_people; // name -> id
};

bool ClaimWorkload::choose(Database &first, Database &last, History &history)
{
    m_team = oneText(first, "SELECT team_id FROM staff WHERE code='1101'");
    m_centre = oneText(first, "SELECT team_id FROM staff WHERE code='1151'");
    Query people = last.query("SELECT name, id FROM staff WHERE code IN ('1101','1102','1103')");
    while (people.next())
        m_people[people.text(0)] = people.text(1);
    m_deals = texts(last,
                    "SELECT id FROM opportunity WHERE title LIKE '" + QByteArray(dealTitle)
                        + "%' AND custody_state='dispatched' ORDER BY id");
    m_since = oneText(last, "SELECT value FROM meta WHERE key='cursor'").toLatin1();
    for (const QString &deal : std::as_const(m_deals))
        history.initial[deal] = custody::open();
    // Refusals name the owner, so names have to tell people apart.
    return m_people.size() == 3 && m_deals.size() == wantedDeals && !m_team.isEmpty();
}

// The dispatcher records them without a telephone number, so that no rule gives them away.
std::vector<std::pair<int, Wish>> ClaimWorkload::preparations(Database &first, Database &last)
{
    const QString team = oneText(first, "SELECT team_id FROM staff WHERE code='1101'");
    std::vector<std::pair<int, Wish>> todo;
    const auto made = texts(last,
                            "SELECT id FROM opportunity WHERE title LIKE '" + QByteArray(dealTitle)
                                + "%' ORDER BY id");
    for (int i = int(made.size()); i < wantedDeals; ++i) {
        const QJsonObject values{{u"title"_s, QString::fromUtf8(dealTitle) + QString::number(i)},
                                 {u"ent_name"_s, u"昆明第一机床厂"_s},
                                 {u"need_summary"_s, u"专线"_s},
                                 {u"willing"_s, true}};
        todo.push_back(
            {dispatcher(), {{}, u"RecordOpportunity"_s, QJsonObject{{u"values"_s, values}}}});
    }
    for (const QString &deal :
         texts(last,
               "SELECT id FROM opportunity WHERE title LIKE '" + QByteArray(dealTitle)
                   + "%' AND custody_state<>'dispatched'"))
        todo.push_back({dispatcher(),
                        {{},
                         u"DispatchOpportunity"_s,
                         QJsonObject{{u"opportunity"_s, deal}, {u"queue"_s, team}}}});
    return todo;
}

Wish ClaimWorkload::wish(Act act, const QString &deal) const
{
    Wish wish;
    wish.operation.act = act;
    wish.operation.keys = {deal};
    wish.arguments = {{u"opportunity"_s, deal}};
    switch (act) {
    case Act::Release:
        wish.command = u"UndoClaim"_s;
        break;
    case Act::GiveBack:
        wish.command = u"ReturnOpportunity"_s;
        wish.arguments.insert(u"queue"_s, m_centre);
        wish.arguments.insert(u"reason"_s, u"不属本组"_s);
        break;
    case Act::GiveOut:
        wish.command = u"DispatchOpportunity"_s;
        wish.arguments.insert(u"queue"_s, m_team);
        break;
    default:
        wish.command = u"ClaimOpportunity"_s;
        break;
    }
    return wish;
}

// Most reach for whatever they do not own, also for what their desktop does not show: it may be
// open again by now.
std::vector<Wish> ClaimWorkload::wishes(const QString &person, const Checkpoint &last,
                                        QRandomGenerator &random)
{
    const QString deal = m_deals[random.bounded(int(m_deals.size()))];
    const auto known = last.shown.find(deal);
    const QString state = known == last.shown.end() ? QString() : known->second.front();
    if (last.process == dispatcher())
        return state == custody::returned() ? std::vector{wish(Act::GiveOut, deal)}
                                            : std::vector<Wish>();
    if (state == person)
        return {wish(random.bounded(3) == 0 ? Act::GiveBack : Act::Release, deal)};
    return {wish(Act::Claim, deal)};
}

void ClaimWorkload::read(Database &replica, Checkpoint &checkpoint) const
{
    const QByteArray all = "SELECT o.id, CASE o.custody_state WHEN 'dispatched' THEN 'open' "
                           "WHEN 'claimed' THEN o.owner_id ELSE o.custody_state END "
                           "FROM opportunity o WHERE o.id IN ("
        + quoted(m_deals) + ')';
    readRows(replica, all, checkpoint.shown);
    // Under a command that is on its way nothing is the server's alone.
    readRows(replica,
             all
                 + " AND NOT EXISTS (SELECT 1 FROM preimage p WHERE p.tbl='opportunity' AND "
                   "p.id=o.id)",
             checkpoint.base);
}

std::vector<Element> ClaimWorkload::master(Database &master) const
{
    return elementsFrom(
        master,
        "SELECT t.opportunity_id, CASE t.to_state WHEN 'dispatched' THEN 'open' WHEN 'claimed' "
        "THEN t.to_staff_id ELSE t.to_state END, '', a.seq FROM transfer t JOIN change_detail c ON "
        "c.tbl='transfer' AND c.row_id=t.id AND c.field='' JOIN audit a ON a.pos=c.pos "
        "WHERE t.opportunity_id IN ("
            + quoted(m_deals) + ") AND a.seq > " + m_since + " ORDER BY a.seq");
}

QString ClaimWorkload::holderIn(const QString &message) const
{
    for (const auto &[name, id] : m_people) {
        if (message.contains(name))
            return id;
    }
    return {};
}

} // namespace

std::unique_ptr<Workload> makeClaims()
{
    return std::make_unique<ClaimWorkload>();
}

} // namespace keydesk::blackbox
