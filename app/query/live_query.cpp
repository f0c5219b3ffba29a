#include "query/live_query.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcQuery, "keydesk.query.live", QtInfoMsg)

namespace keydesk {

LiveQuery::LiveQuery(ReplicaReader &reader, QObject *parent)
    : LiveReading(reader, parent)
{
}

Result<> LiveQuery::setQuery(const RowQuery &query)
{
    auto compiled = compile(reader().catalog(), query);
    if (!compiled)
        return compiled.error();
    const bool sameShape = query.entity == m_query.entity && query.fields == m_query.fields;
    if (!sameShape) {
        Q_EMIT aboutToReset(); // the columns are others, with or without rows
        m_rows.clear();
        m_total = 0;
    }
    m_query = query;
    m_compiled = std::move(*compiled);
    m_window = query.limit;
    setTables(m_compiled.tables);
    if (!sameShape)
        Q_EMIT wasReset();
    restart();
    return {};
}

int LiveQuery::columnOf(const QString &path) const
{
    for (std::size_t i = 0; i < m_compiled.columns.size(); ++i) {
        if (m_compiled.columns[i].path == path)
            return int(i);
    }
    return -1;
}

int LiveQuery::indexOf(const QString &id) const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].id == id)
            return int(i);
    }
    return -1;
}

void LiveQuery::fetchMore()
{
    if (!hasMore() || isLoading())
        return;
    m_window += m_query.limit;
    refresh();
}

LiveReading::Reading LiveQuery::prepare()
{
    return [this, compiled = m_compiled, window = m_window](Database &database) {
        std::vector<ResultRow> rows;
        std::optional<Error> error;
        const int width = int(compiled.columns.size());
        {
            Query query = database.query(compiled.sql);
            for (std::size_t i = 0; i < compiled.values.size(); ++i)
                query.bind(int(i) + 1, compiled.values[i]);
            query.bind(int(compiled.values.size()) + 1, window);
            while (query.next())
                rows.push_back({query.text(0), query.row(1, width)});
            error = query.error();
        }
        qint64 total = qint64(rows.size());
        if (total >= window && !error) {
            Query count = database.query(compiled.countSql);
            for (std::size_t i = 0; i < compiled.values.size(); ++i)
                count.bind(int(i) + 1, compiled.values[i]);
            if (count.next())
                total = count.integer(0);
        }
        // `this` is looked at only when the answer is taken, on its own thread and while it lives.
        return [this, rows = std::move(rows), total, error]() mutable {
            take(std::move(rows), total, std::move(error));
        };
    };
}

void LiveQuery::clear()
{
    m_total = 0;
    replaceAll({});
}

void LiveQuery::take(std::vector<ResultRow> rows, qint64 total, std::optional<Error> error)
{
    m_error = std::move(error);
    if (m_error) {
        qCWarning(lcQuery) << m_query.entity << m_error->key() << m_error->args;
        return;
    }
    m_total = total;
    const auto steps = diffRows(m_rows, rows);
    if (!steps)
        return replaceAll(std::move(rows));
    for (const DiffStep &one : *steps)
        step(one, rows);
    Q_ASSERT(m_rows == rows);
}

void LiveQuery::replaceAll(std::vector<ResultRow> rows)
{
    if (m_rows.empty() && rows.empty())
        return;
    Q_EMIT aboutToReset();
    m_rows = std::move(rows);
    Q_EMIT wasReset();
}

void LiveQuery::step(const DiffStep &step, const std::vector<ResultRow> &rows)
{
    const auto at = [this](int row) { return m_rows.begin() + row; };
    switch (step.kind) {
    case DiffStep::Remove:
        Q_EMIT aboutToRemove(step.first, step.last);
        m_rows.erase(at(step.first), at(step.last + 1));
        Q_EMIT removed();
        break;
    case DiffStep::Move: {
        Q_EMIT aboutToMove(step.first, step.to);
        ResultRow row = std::move(m_rows[std::size_t(step.first)]);
        m_rows.erase(at(step.first));
        m_rows.insert(at(step.to), std::move(row));
        Q_EMIT moved();
        break;
    }
    case DiffStep::Insert:
        Q_EMIT aboutToInsert(step.first, step.last);
        m_rows.insert(at(step.first), rows.begin() + step.first, rows.begin() + step.last + 1);
        Q_EMIT inserted();
        break;
    case DiffStep::Change:
        std::copy(rows.begin() + step.first, rows.begin() + step.last + 1, at(step.first));
        Q_EMIT rowsChanged(step.first, step.last);
        break;
    }
}

// ---- Tally

LiveTally::LiveTally(ReplicaReader &reader, QObject *parent)
    : LiveReading(reader, parent)
{
}

Result<> LiveTally::setQuery(const TallyQuery &query)
{
    auto compiled = compile(reader().catalog(), query);
    if (!compiled)
        return compiled.error();
    m_compiled = std::move(*compiled);
    setTables(m_compiled.tables);
    restart();
    return {};
}

LiveReading::Reading LiveTally::prepare()
{
    return [this, compiled = m_compiled](Database &database) {
        std::vector<Tally> tallies;
        Query query = database.query(compiled.sql);
        for (std::size_t i = 0; i < compiled.values.size(); ++i)
            query.bind(int(i) + 1, compiled.values[i]);
        while (query.next())
            tallies.push_back({query.cell(0), query.integer(1), query.integer(2)});
        return [this, tallies = std::move(tallies)]() mutable { take(std::move(tallies)); };
    };
}

void LiveTally::clear()
{
    take({});
}

void LiveTally::take(std::vector<Tally> tallies)
{
    if (tallies == m_tallies)
        return;
    m_tallies = std::move(tallies);
    Q_EMIT changed();
}

Tally LiveTally::of(const Cell &group) const
{
    for (const Tally &tally : m_tallies) {
        if (tally.group == group)
            return tally;
    }
    return {group, 0, 0};
}

qint64 LiveTally::count() const
{
    qint64 all = 0;
    for (const Tally &tally : m_tallies)
        all += tally.count;
    return all;
}

} // namespace keydesk
