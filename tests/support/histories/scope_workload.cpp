#include "support/histories/scope_checker.h"
#include "support/histories/workload.h"

namespace keydesk::blackbox {

using namespace Qt::StringLiterals;

namespace {

constexpr int shuffledCustomers = 3;
constexpr char managerCodes[] = "'1101','1102','1103'";

constexpr char shuffledSql[] = "SELECT id FROM account WHERE name LIKE '流转客户%' ORDER BY id";

// The head of the department gives three customers of his own making from manager to manager, and
// now and then to nobody, while all four write about them: each word is a canary.
class ScopeWorkload final : public Workload
{
public:
    QStringList seats() const override { return {u"1171"_s, u"1101"_s, u"1102"_s, u"1103"_s}; }
    bool choose(Database &first, Database &last, History &history) override;
    std::vector<std::pair<int, Wish>> preparations(Database &first, Database &last) override;
    std::vector<Wish> wishes(const QString &person, const Checkpoint &last,
                             QRandomGenerator &random) override;
    void read(Database &replica, Checkpoint &checkpoint) const override;
    std::vector<Element> master(Database &master) const override;
    Anomalies check(const History &history) const override { return checkScopes(history); }
    QStringList forbidden(const History &history, int process) const override
    {
        return process == 0 ? QStringList() : foreignWords(history, process);
    }

private:
    Wish assign(const QString &customer, const QString &person) const;
    Wish takeAway(const QString &customer, const QString &assignment) const;
    Wish note(const QString &customer, int process);

    QStringList m_customers;
    QStringList m_managers;
};

bool ScopeWorkload::choose(Database &first, Database &, History &history)
{
    m_customers = texts(first, shuffledSql);
    m_managers = texts(first,
                       QByteArray("SELECT id FROM staff WHERE code IN (") + managerCodes + ')');
    for (const QString &customer : std::as_const(m_customers))
        history.initial[scope_key::owner(customer)] = u""_s; // nobody
    history.overseers = {oneText(first, "SELECT id FROM staff WHERE code='1171'")};
    return m_customers.size() == shuffledCustomers && m_managers.size() == 3;
}

// Customers without a deal and without anybody who looked after them before.
std::vector<std::pair<int, Wish>> ScopeWorkload::preparations(Database &first, Database &)
{
    std::vector<std::pair<int, Wish>> todo;
    for (int i = int(texts(first, shuffledSql).size()); i < shuffledCustomers; ++i) {
        const QJsonObject values{{u"name"_s, u"流转客户%1"_s.arg(i)}};
        todo.push_back(
            {0, {{}, u"CreateRecord"_s, {{u"entity"_s, u"account"_s}, {u"values"_s, values}}}});
    }
    return todo;
}

Wish ScopeWorkload::assign(const QString &customer, const QString &person) const
{
    Wish wish;
    wish.operation.act = Act::Assign;
    wish.operation.keys = {scope_key::owner(customer)};
    wish.operation.value = person;
    wish.command = u"AssignAccount"_s;
    wish.arguments = {{u"account"_s, customer},
                      {u"staff"_s, person},
                      {u"role"_s, u"main_am"_s},
                      {u"replace"_s, true}};
    return wish;
}

Wish ScopeWorkload::takeAway(const QString &customer, const QString &assignment) const
{
    Wish wish;
    wish.operation.act = Act::Assign;
    wish.operation.keys = {scope_key::owner(customer)};
    wish.command = u"EndAssignment"_s;
    wish.arguments = {{u"assignment"_s, assignment}};
    return wish;
}

Wish ScopeWorkload::note(const QString &customer, int process)
{
    Wish wish;
    wish.operation.value = freshTag(process);
    wish.operation.keys = {scope_key::notes(customer)};
    wish.command = u"AddNote"_s;
    wish.arguments = {{u"entity"_s, u"account"_s},
                      {u"record"_s, customer},
                      {u"body"_s, wish.operation.value}};
    return wish;
}

// Now and then a manager writes about one that he does not hold, or no longer: refused.
std::vector<Wish> ScopeWorkload::wishes(const QString &, const Checkpoint &last,
                                        QRandomGenerator &random)
{
    const QString customer = m_customers[random.bounded(shuffledCustomers)];
    if (last.process == 0 && random.bounded(2) == 0) {
        const auto present = last.shown.find(customer);
        if (present != last.shown.end() && random.bounded(4) == 0)
            return {takeAway(customer, present->second.front())};
        return {assign(customer, m_managers[random.bounded(int(m_managers.size()))])};
    }
    const bool held = last.base.contains(scope_key::record(customer));
    if (!held && random.bounded(4) != 0)
        return {};
    return {note(customer, last.process)};
}

void ScopeWorkload::read(Database &replica, Checkpoint &checkpoint) const
{
    readRows(replica,
             "SELECT 'record/' || r.id, r.id FROM account r WHERE r.id IN (" + quoted(m_customers)
                 + ") UNION ALL SELECT 'note/' || r.subject_id, r.body FROM note r WHERE r.body "
                   "GLOB 'tag-*' AND EXISTS (SELECT 1 FROM row_bucket b WHERE b.tbl='note' AND "
                   "b.id=r.id)",
             checkpoint.base);
    // Which assignment makes somebody the manager of today.
    readRows(replica,
             "SELECT s.account_id, s.id FROM assignment s JOIN account r ON r.id=s.account_id AND "
             "r.owner_staff_id=s.staff_id WHERE s.valid_until IS NULL AND s.role='main_am' AND "
             "r.id IN ("
                 + quoted(m_customers) + ')',
             checkpoint.shown);
}

std::vector<Element> ScopeWorkload::master(Database &master) const
{
    return elementsFrom(
        master,
        "WITH rows(key, value, tbl, id) AS ("
        "SELECT 'owner/' || r.account_id, r.staff_id, 'assignment', r.id FROM assignment r WHERE "
        "r.role='main_am' AND r.account_id IN ("
            + quoted(m_customers) + ") AND r.staff_id IN (" + quoted(m_managers)
            + ") UNION ALL SELECT 'note/' || r.subject_id, r.body, 'note', r.id FROM note r "
              "WHERE r.body GLOB 'tag-*') "
              "SELECT r.key, r.value, '', a.seq FROM rows r JOIN change_detail c ON c.tbl=r.tbl "
              "AND c.row_id=r.id AND c.field='' JOIN audit a ON a.pos=c.pos "
              "UNION ALL SELECT 'owner/' || c.row_id, '', '', a.seq FROM change_detail c JOIN "
              "audit "
              "a ON a.pos=c.pos WHERE c.tbl='account' AND c.field='owner_staff_id' AND c.new_value "
              "IS NULL AND c.row_id IN ("
            + quoted(m_customers) + ") ORDER BY 4");
}

} // namespace

std::unique_ptr<Workload> makeScopes()
{
    return std::make_unique<ScopeWorkload>();
}

} // namespace keydesk::blackbox
