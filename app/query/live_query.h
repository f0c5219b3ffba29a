#pragma once

#include "query/live_reading.h"
#include "query/row_diff.h"
#include "query/row_query.h"

namespace keydesk {

// A declared list that stays true: its rows, and for each change of the replica the few steps from
// the old rows to the new ones, in the terms of an item model. Reads in windows, so that a list of
// 60,000 costs no more than its first 500.
class LiveQuery final : public LiveReading
{
    Q_OBJECT

public:
    explicit LiveQuery(ReplicaReader &reader, QObject *parent = nullptr);

    /// Shows other rows. While fields and entity stay the same, the rows that stay keep their
    /// place in the view. Errors: entity.unknown, field.unknown; the old query stays then.
    Result<> setQuery(const RowQuery &query);
    const RowQuery &query() const { return m_query; }
    const std::vector<QueryColumn> &columns() const { return m_compiled.columns; }
    int columnOf(const QString &path) const;

    const std::vector<ResultRow> &rows() const { return m_rows; }
    int indexOf(const QString &id) const;
    /// How many rows there are in all, beyond the window too.
    qint64 total() const { return m_total; }
    bool hasMore() const { return m_total > qint64(m_rows.size()); }
    void fetchMore();
    /// What kept the last reading from being done.
    const std::optional<Error> &error() const { return m_error; }

Q_SIGNALS:
    void aboutToReset();
    void wasReset();
    void aboutToRemove(int first, int last);
    void removed();
    void aboutToInsert(int first, int last);
    void inserted();
    /// Row `from` goes to where row `to` stands afterwards.
    void aboutToMove(int from, int to);
    void moved();
    void rowsChanged(int first, int last);

protected:
    Reading prepare() override;
    void clear() override;

private:
    void take(std::vector<ResultRow> rows, qint64 total, std::optional<Error> error);
    void replaceAll(std::vector<ResultRow> rows);
    void step(const DiffStep &step, const std::vector<ResultRow> &rows);

    RowQuery m_query;
    CompiledQuery m_compiled;
    std::vector<ResultRow> m_rows;
    qint64 m_total = 0;
    int m_window = 0;
    std::optional<Error> m_error;
};

// Counts and sums that stay true: tiles, stage bars, KPIs.
class LiveTally final : public LiveReading
{
    Q_OBJECT

public:
    explicit LiveTally(ReplicaReader &reader, QObject *parent = nullptr);

    /// Errors: entity.unknown, field.unknown; the old query stays then.
    Result<> setQuery(const TallyQuery &query);
    const std::vector<Tally> &tallies() const { return m_tallies; }
    /// The tally of one group; zeros if no row is in it.
    Tally of(const Cell &group) const;
    qint64 count() const;

Q_SIGNALS:
    /// The figures are others now.
    void changed();

protected:
    Reading prepare() override;
    void clear() override;

private:
    void take(std::vector<Tally> tallies);

    CompiledQuery m_compiled;
    std::vector<Tally> m_tallies;
};

} // namespace keydesk
