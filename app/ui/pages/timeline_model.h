#pragma once

#include "query/live_query.h"
#include "query/record_lookup.h"

#include <QAbstractListModel>

namespace keydesk {

// What happened to a customer or an opportunity: notes and transfers in one row of time, newest
// first, in the roles that Timeline draws.
class TimelineModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    TimelineModel(ReplicaReader &reader, RecordLookup &lookup, QObject *parent = nullptr);

    /// Shows what belongs to records whose `column` has this value ("account_id",
    /// "opportunity_id").
    void setSubject(const QString &column, const QString &id);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Event
    {
        qint64 at = 0;
        QString title;
        QString text;
        QString person;
        QString icon;
    };
    void rebuild();
    void addFacts(std::vector<Event> &events) const;
    QString wordsOf(const LiveQuery &query, const ResultRow &row, const QString &path) const;

    ReplicaReader &m_reader;
    RecordLookup &m_lookup;
    LiveQuery m_notes;
    LiveQuery m_transfers;
    LiveQuery m_opportunities;
    std::vector<Event> m_events;
};

} // namespace keydesk
