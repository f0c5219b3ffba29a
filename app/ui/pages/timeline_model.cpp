#include "ui/pages/timeline_model.h"

#include "models/roles.h"
#include "query/display_text.h"

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

TimelineModel::TimelineModel(ReplicaReader &reader, RecordLookup &lookup, QObject *parent)
    : QAbstractListModel(parent)
    , m_reader(reader)
    , m_lookup(lookup)
    , m_notes(reader)
    , m_transfers(reader)
{
    for (LiveQuery *query : {&m_notes, &m_transfers})
        connect(query, &LiveQuery::finished, this, &TimelineModel::rebuild);
    connect(&lookup, &RecordLookup::titlesChanged, this, &TimelineModel::rebuild);
}

void TimelineModel::setSubject(const QString &column, const QString &id)
{
    RowQuery notes;
    notes.entity = u"note"_s;
    notes.fields = {u"at"_s, u"kind"_s, u"body"_s, u"author_id"_s, u"created_at"_s};
    notes.filter.all = {Filter::is(column == u"account_id" ? column : u"subject_id"_s, id)};
    notes.order = {{u"created_at"_s, true}};
    notes.limit = 200;
    RowQuery transfers;
    transfers.entity = u"transfer"_s;
    transfers.fields = {u"at"_s,          u"kind"_s,        u"note"_s,      u"from_staff_id"_s,
                        u"to_staff_id"_s, u"to_queue_id"_s, u"created_by"_s};
    transfers.filter.all = {Filter::is(column, id)};
    transfers.order = {{u"at"_s, true}};
    transfers.limit = 200;
    if (!m_notes.setQuery(notes) || !m_transfers.setQuery(transfers))
        Q_UNREACHABLE();
    rebuild();
}

void TimelineModel::rebuild()
{
    const auto cell = [](const LiveQuery &query, const ResultRow &row, const QString &path) {
        const int column = query.columnOf(path);
        return column < 0 ? Cell() : row.cells[std::size_t(column)];
    };
    const auto words = [&](const LiveQuery &query, const ResultRow &row, const QString &path) {
        const int column = query.columnOf(path);
        return column < 0 ? QString()
                          : displayText(query.columns()[std::size_t(column)].field,
                                        row.cells[std::size_t(column)], m_lookup);
    };
    std::vector<Event> events;
    for (const ResultRow &row : m_notes.rows()) {
        const qint64 at = cell(m_notes, row, u"at"_s).integer();
        events.push_back({at ? at : cell(m_notes, row, u"created_at"_s).integer(),
                          words(m_notes, row, u"kind"_s), cell(m_notes, row, u"body"_s).text(),
                          words(m_notes, row, u"author_id"_s), u"sticky-note"_s});
    }
    for (const ResultRow &row : m_transfers.rows()) {
        const QString to = words(m_transfers, row, u"to_staff_id"_s).isEmpty()
            ? words(m_transfers, row, u"to_queue_id"_s)
            : words(m_transfers, row, u"to_staff_id"_s);
        events.push_back(
            {cell(m_transfers, row, u"at"_s).integer(),
             words(m_transfers, row, u"kind"_s) + (to.isEmpty() ? QString() : u" → "_s + to),
             words(m_transfers, row, u"note"_s), words(m_transfers, row, u"from_staff_id"_s),
             u"split"_s});
    }
    std::stable_sort(events.begin(), events.end(),
                     [](const Event &one, const Event &other) { return one.at > other.at; });
    beginResetModel();
    m_events = std::move(events);
    endResetModel();
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_events.size());
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Event &event = m_events[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return event.title;
    case SecondaryRole:
        return event.text;
    case PersonRole:
        return event.person;
    case IconRole:
        return event.icon;
    case InstantRole:
        return event.at;
    case Qt::AccessibleTextRole:
        return QString(event.title + u' ' + event.text + u' ' + event.person);
    default:
        return {};
    }
}

} // namespace keydesk
