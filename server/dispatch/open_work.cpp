#include "dispatch/open_work.h"

#include "domain/opportunity.h"
#include "domain/task.h"

#include <set>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// "'closed','invalid','merged'": isFinal() in SQL.
QByteArray finalStates()
{
    QByteArray states;
    for (const EnumKey &key : EnumTable<CustodyState>::keys) {
        if (isFinal(fromKey<CustodyState>(QString::fromLatin1(key.key))))
            states += (states.isEmpty() ? "'" : ",'") + QByteArray(key.key) + '\'';
    }
    return states;
}

int countOf(Database &database, const QByteArray &sql, const RecordId &account)
{
    Query query = database.query(sql);
    query.bind(1, account);
    return query.next() ? int(query.integer(0)) : 0;
}

} // namespace

OpenWork readOpenWork(Database &database, const RecordId &account)
{
    static const QByteArray opportunities =
        "SELECT count(*) FROM opportunity WHERE account_id = ? AND deleted_at IS NULL AND "
        "custody_state NOT IN ("
        + finalStates() + ')';
    return {countOf(database, opportunities, account),
            countOf(database,
                    "SELECT count(*) FROM task WHERE account_id = ? AND deleted_at IS NULL AND "
                    "state = 'open'",
                    account)};
}

OpenWorkCounts::OpenWorkCounts(RowStore &store)
    : m_store(store)
    , m_opportunities([&store] {
        const auto &entity = store.catalog().entity(
            QString::fromLatin1(Schema<Opportunity>::table));
        return Kind{&entity, entity.indexOf(u"account_id"_s), entity.indexOf(u"custody_state"_s),
                    &OpenWork::opportunities};
    }())
    , m_tasks([&store] {
        const auto &entity = store.catalog().entity(QString::fromLatin1(Schema<Task>::table));
        return Kind{&entity, entity.indexOf(u"account_id"_s), entity.indexOf(u"state"_s),
                    &OpenWork::tasks};
    }())
{
    store.watch(*this);
}

OpenWorkCounts::~OpenWorkCounts()
{
    m_store.unwatch(*this);
}

OpenWork OpenWorkCounts::of(const RecordId &account)
{
    const auto known = m_known.find(account);
    if (known != m_known.end())
        return known->second;
    if (m_known.size() >= mostAccounts)
        m_known.clear();
    return m_known.emplace(account, readOpenWork(m_store.database(), account)).first->second;
}

const OpenWorkCounts::Kind *OpenWorkCounts::kindOf(const EntityInfo &entity) const
{
    return &entity == m_opportunities.entity ? &m_opportunities
        : &entity == m_tasks.entity          ? &m_tasks
                                             : nullptr;
}

bool OpenWorkCounts::isOpen(const Kind &kind, const Row &row)
{
    if (!row[common_column::DeletedAt].isNull())
        return false;
    const QString state = row[std::size_t(kind.state)].text();
    return kind.count == &OpenWork::tasks ? fromKey<TaskState>(state) == TaskState::Open
                                          : !isFinal(fromKey<CustodyState>(state));
}

void OpenWorkCounts::rowWritten(const EntityInfo &entity, const Row *before, const Row *after)
{
    const Kind *kind = kindOf(entity);
    if (!kind)
        return;
    const auto add = [&](const Row *row, int how) {
        if (!row)
            return;
        const RecordId account((*row)[std::size_t(kind->account)].text());
        m_written.insert(account);
        const auto known = m_known.find(account);
        if (known != m_known.end() && isOpen(*kind, *row))
            known->second.*(kind->count) += how;
    };
    add(before, -1);
    add(after, 1);
}

// What was counted since then counted what is void now.
void OpenWorkCounts::rolledBack()
{
    for (const RecordId &account : m_written)
        m_known.erase(account);
}

} // namespace keydesk
