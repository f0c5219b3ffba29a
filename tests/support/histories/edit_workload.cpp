#include "support/histories/register_checker.h"
#include "support/histories/workload.h"

namespace keydesk::blackbox {

using namespace Qt::StringLiterals;

namespace {

constexpr int editedCustomers = 2;
constexpr auto firstValue = u"at-first";

// Fields whose conflicts are told, not settled.
const char *const editedFields[] = {"website", "english_name"};

// A manager, his supervisor and the head of the department edit the same fields of the same
// customers, each on what his desktop shows him.
class EditWorkload final : public Workload
{
public:
    QStringList seats() const override { return {u"1101"_s, u"1101"_s, u"1161"_s, u"1171"_s}; }
    bool choose(Database &first, Database &last, History &history) override;
    std::vector<std::pair<int, Wish>> preparations(Database &first, Database &last) override;
    std::vector<Wish> wishes(const QString &person, const Checkpoint &last,
                             QRandomGenerator &random) override;
    void read(Database &replica, Checkpoint &checkpoint) const override;
    std::vector<Element> master(Database &master) const override;
    Anomalies check(const History &history) const override { return checkEdits(history); }

private:
    static QStringList customersOf(Database &database)
    {
        return texts(database,
                     "SELECT a.id FROM account a JOIN staff o ON o.id=a.owner_staff_id WHERE "
                     "o.code='1101' ORDER BY a.id LIMIT "
                         + QByteArray::number(editedCustomers));
    }

    QStringList m_customers;
};

bool EditWorkload::choose(Database &first, Database &, History &history)
{
    m_customers = customersOf(first);
    for (const QString &customer : std::as_const(m_customers)) {
        for (const char *const field : editedFields)
            history.initial[customer + u'/' + QString::fromLatin1(field)] = QString::fromUtf16(
                firstValue);
    }
    return m_customers.size() == editedCustomers;
}

// Something stands in every field, so that all edits have a base.
std::vector<std::pair<int, Wish>> EditWorkload::preparations(Database &first, Database &)
{
    std::vector<std::pair<int, Wish>> todo;
    for (const QString &customer : customersOf(first)) {
        const QString value = QString::fromUtf16(firstValue);
        if (oneText(first, "SELECT website FROM account WHERE id=" + quoted({customer})) == value)
            continue;
        QJsonObject patch;
        for (const char *const field : editedFields)
            patch.insert(QString::fromLatin1(field), value);
        todo.push_back(
            {0,
             {{},
              u"EditRecord"_s,
              {{u"entity"_s, u"account"_s}, {u"record"_s, customer}, {u"patch"_s, patch}}}});
    }
    return todo;
}

std::vector<Wish> EditWorkload::wishes(const QString &, const Checkpoint &last,
                                       QRandomGenerator &random)
{
    const QString customer = m_customers[random.bounded(editedCustomers)];
    const QString field = QString::fromLatin1(
        editedFields[random.bounded(int(std::size(editedFields)))]);
    const QString key = customer + u'/' + field;
    const auto shown = last.shown.find(key);
    if (shown == last.shown.end())
        return {};
    Wish wish;
    wish.operation.act = Act::Edit;
    wish.operation.keys = {key};
    wish.operation.value = freshTag(last.process);
    wish.operation.seen = shown->second.front();
    wish.command = u"EditRecord"_s;
    wish.arguments = {{u"entity"_s, u"account"_s},
                      {u"record"_s, customer},
                      {u"patch"_s, QJsonObject{{field, wish.operation.value}}},
                      {u"seen"_s, QJsonObject{{field, wish.operation.seen}}}};
    return {wish};
}

void EditWorkload::read(Database &replica, Checkpoint &checkpoint) const
{
    for (const char *const field : editedFields) {
        const QByteArray name(field);
        const QByteArray all = "SELECT a.id || '/" + name + "', a." + name
            + " FROM account a WHERE a.id IN (" + quoted(m_customers) + ')';
        readRows(replica, all, checkpoint.shown);
        readRows(replica,
                 all
                     + " AND NOT EXISTS (SELECT 1 FROM preimage p WHERE p.tbl='account' AND "
                       "p.id=a.id)",
                 checkpoint.base);
    }
}

std::vector<Element> EditWorkload::master(Database &master) const
{
    return elementsFrom(master,
                        "SELECT c.row_id || '/' || c.field, c.new_value, c.old_value, a.seq FROM "
                        "change_detail c JOIN audit a ON a.pos=c.pos WHERE c.tbl='account' AND "
                        "c.field IN ('website','english_name') AND c.new_value GLOB 'tag-*' AND "
                        "c.row_id IN ("
                            + quoted(m_customers) + ") ORDER BY a.seq");
}

} // namespace

std::unique_ptr<Workload> makeEdits()
{
    return std::make_unique<EditWorkload>();
}

} // namespace keydesk::blackbox
