#include "base/record_id.h"
#include "support/histories/append_checker.h"
#include "support/histories/workload.h"

namespace keydesk::blackbox {

using namespace Qt::StringLiterals;

namespace {

constexpr int visitedCustomers = 3;

// The lists that RecordOpportunity makes longer by one row each; no command of the product writes
// about several customers at once, and this is the one that makes rows of the most kinds.
const char *const recordLists[] = {"opportunity", "account", "contact", "transfer"};

// The rows of each list with the value that the command wrote; %1 stands for a condition on r.
constexpr char rowsOf[] = R"(
SELECT 'opportunity', r.title, 'opportunity' AS tbl, r.id FROM opportunity r
    WHERE r.title GLOB 'tag-*' %opportunity
UNION ALL SELECT 'account', r.name, 'account', r.id FROM account r
    WHERE r.name GLOB 'tag-*' %account
UNION ALL SELECT 'contact', r.name, 'contact', r.id FROM contact r
    WHERE r.name GLOB 'tag-*' %contact
UNION ALL SELECT 'transfer', o.title, 'transfer', r.id FROM transfer r
    JOIN opportunity o ON o.id=r.opportunity_id WHERE o.title GLOB 'tag-*' AND r.seq=1 %transfer
UNION ALL SELECT 'note/' || r.subject_id, r.body, 'note', r.id FROM note r
    WHERE r.body GLOB 'tag-*' %note)";

// With only the rows that the server sent, or all.
QByteArray rowsSql(bool confirmed)
{
    QByteArray sql(rowsOf);
    for (const char *const table : {"opportunity", "account", "contact", "transfer", "note"})
        sql.replace(QByteArray("%") + table,
                    confirmed ? QByteArray("AND EXISTS (SELECT 1 FROM row_bucket b WHERE b.tbl='")
                            + table + "' AND b.id=r.id)"
                              : QByteArray());
    return sql;
}

// One head of department at three desktops: records opportunities with a new customer, writes down
// visits, and now and then records one for a customer that does not exist, which only the server
// can know.
class AppendWorkload final : public Workload
{
public:
    QStringList seats() const override { return {u"1171"_s, u"1171"_s, u"1171"_s}; }
    bool choose(Database &first, Database &, History &) override
    {
        m_customers = texts(first,
                            "SELECT id FROM account ORDER BY id LIMIT "
                                + QByteArray::number(visitedCustomers));
        for (const char *const list : recordLists)
            m_lists.append(QString::fromLatin1(list));
        for (const QString &customer : std::as_const(m_customers))
            m_lists.append(u"note/"_s + customer);
        return m_customers.size() == visitedCustomers;
    }
    std::vector<std::pair<int, Wish>> preparations(Database &, Database &) override { return {}; }
    std::vector<Wish> wishes(const QString &person, const Checkpoint &last,
                             QRandomGenerator &random) override;
    void read(Database &replica, Checkpoint &checkpoint) const override;
    std::vector<Element> master(Database &master) const override;
    Anomalies check(const History &history) const override { return checkAppends(history); }

private:
    Wish visit(const QString &tag, const QString &customer) const;
    static Wish record(const QString &tag);
    static Wish recordForNobody(const QString &tag);

    QStringList m_customers;
    QStringList m_lists;
};

Wish AppendWorkload::visit(const QString &tag, const QString &customer) const
{
    Wish wish;
    wish.operation.value = tag;
    wish.operation.keys = {u"note/"_s + customer};
    wish.command = u"AddNote"_s;
    wish.arguments = {{u"entity"_s, u"account"_s},
                      {u"record"_s, customer},
                      {u"body"_s, tag},
                      {u"kind"_s, u"visit"_s}};
    return wish;
}

Wish AppendWorkload::record(const QString &tag)
{
    Wish wish;
    wish.operation.value = tag;
    for (const char *const list : recordLists)
        wish.operation.keys.append(QString::fromLatin1(list));
    wish.command = u"RecordOpportunity"_s;
    wish.arguments = {{u"values"_s,
                       QJsonObject{{u"title"_s, tag},
                                   {u"ent_name"_s, tag},
                                   {u"contact_name"_s, tag},
                                   {u"need_summary"_s, u"专线"_s},
                                   {u"willing"_s, true}}}};
    return wish;
}

Wish AppendWorkload::recordForNobody(const QString &tag)
{
    Wish wish = record(tag);
    wish.operation.keys = {u"opportunity"_s, u"transfer"_s};
    QJsonObject values = wish.arguments.value(u"values"_s).toObject();
    values.insert(u"account_id"_s, RecordId::create().text());
    wish.arguments.insert(u"values"_s, values);
    return wish;
}

std::vector<Wish> AppendWorkload::wishes(const QString &, const Checkpoint &last,
                                         QRandomGenerator &random)
{
    std::vector<Wish> wishes;
    const int count = random.bounded(1, 3);
    for (int i = 0; i < count; ++i) {
        const QString tag = freshTag(last.process);
        const int kind = random.bounded(10);
        if (kind == 0)
            wishes.push_back(recordForNobody(tag));
        else if (kind < 6)
            wishes.push_back(record(tag));
        else
            wishes.push_back(visit(tag, m_customers[random.bounded(visitedCustomers)]));
    }
    return wishes;
}

void AppendWorkload::read(Database &replica, Checkpoint &checkpoint) const
{
    for (const QString &list : m_lists)
        checkpoint.base[list] = checkpoint.shown[list] = {};
    readRows(replica, rowsSql(true), checkpoint.base);
    readRows(replica, rowsSql(false), checkpoint.shown);
}

std::vector<Element> AppendWorkload::master(Database &master) const
{
    return elementsFrom(master,
                        "WITH rows(key, value, tbl, id) AS (" + rowsSql(false)
                            + ") SELECT r.key, r.value, '', a.seq FROM rows r JOIN change_detail c "
                              "ON c.tbl=r.tbl AND c.row_id=r.id AND c.field='' JOIN audit a ON "
                              "a.pos=c.pos ORDER BY a.seq");
}

} // namespace

std::unique_ptr<Workload> makeAppends()
{
    return std::make_unique<AppendWorkload>();
}

} // namespace keydesk::blackbox
