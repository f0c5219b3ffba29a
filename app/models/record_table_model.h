#pragma once

#include "models/roles.h"
#include "query/display_text.h"
#include "query/live_query.h"

#include <QAbstractTableModel>

namespace keydesk {

// The rows of a live query as a table: columns from the field table, values formatted for people,
// raw values by role, what waits for the server marked. Keeps selection and current row through
// every change, because it tells views the steps and not a reset. Never edits.
class RecordTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    RecordTableModel(ReplicaReader &reader, RecordLookup &lookup, QObject *parent = nullptr);

    /// Errors: entity.unknown, field.unknown; the old rows stay then.
    Result<> setQuery(const RowQuery &query);
    void setFilter(const FilterSpec &filter);
    LiveQuery &query() { return m_query; }
    const LiveQuery &query() const { return m_query; }

    /// A heading of its own for a column; empty: the field's label.
    void setHeading(const QString &path, const Label &label);
    /// What a cell of this column answers for a role beyond text and value: a badge, a clock, an
    /// icon. An invalid QVariant leaves the cell as it is.
    using Look = std::function<QVariant(const RecordTableModel &, int row)>;
    void setLook(const QString &path, int role, Look look);
    /// A last column that says 待同步 for rows with a queued command. On by default.
    void setSyncColumn(bool shown);
    /// Position of that column, -1 if it is off.
    int syncColumn() const { return m_syncColumn ? int(m_query.columns().size()) : -1; }
    bool isAnyPending() const { return !m_pending.isEmpty(); }
    bool hasLook(const QString &path, int role) const { return m_looks.contains({path, role}); }

    QString idAt(int row) const;
    int rowOf(const QString &id) const { return m_query.indexOf(id); }
    int columnOf(const QString &path) const { return m_query.columnOf(path); }
    /// The raw value; empty for a path that the query does not have.
    Cell cellAt(int row, const QString &path) const;
    QString textAt(int row, const QString &path) const;
    bool isPending(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    void sort(int column, Qt::SortOrder order) override;
    /// Headings and values are read again in the language of now.
    void retranslate();

Q_SIGNALS:
    /// Rows in all, beyond the window, are others now.
    void totalChanged(qint64 total);
    /// Other rows wait for the server now.
    void pendingChanged();

private:
    void relay();
    void refreshPending();
    void onTitlesChanged(const QSet<QString> &entities);
    QVariant syncData(int row, int role) const;
    QVariant cellData(int row, const QueryColumn &column, const Cell &cell, int role) const;
    QString summary(int row) const;
    void allChanged(const QList<int> &roles);

    ReplicaReader &m_reader;
    RecordLookup &m_lookup;
    LiveQuery m_query;
    QSet<QString> m_pending;
    QHash<QString, Label> m_headings;
    std::map<std::pair<QString, int>, Look> m_looks;
    bool m_syncColumn = true;
    qint64 m_total = 0;
};

} // namespace keydesk
