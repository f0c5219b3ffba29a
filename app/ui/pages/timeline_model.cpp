#include "ui/pages/timeline_model.h"

#include "models/roles.h"
#include "query/display_text.h"

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

Cell cellOf(const LiveQuery &query, const ResultRow &row, const QString &path)
{
    const int column = query.columnOf(path);
    return column < 0 ? Cell() : row.cells[std::size_t(column)];
}

} // namespace

TimelineModel::TimelineModel(ReplicaReader &reader, RecordLookup &lookup, QObject *parent)
    : QAbstractListModel(parent)
    , m_reader(reader)
    , m_lookup(lookup)
    , m_notes(reader)
    , m_transfers(reader)
    , m_opportunities(reader)
{
    for (LiveQuery *query : {&m_notes, &m_transfers, &m_opportunities})
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
    RowQuery opportunities;
    opportunities.entity = u"opportunity"_s;
    opportunities.fields = {u"title"_s,       u"first_contact_at"_s, u"stage_entered_at"_s,
                            u"sales_stage"_s, u"owner_id"_s,         u"updated_at"_s,
                            u"updated_by"_s,  u"captured_at"_s,      u"captured_by"_s};
    opportunities.filter.all = {Filter::is(column == u"account_id" ? column : u"id"_s, id)};
    opportunities.limit = 200;
    if (!m_notes.setQuery(notes) || !m_transfers.setQuery(transfers)
        || !m_opportunities.setQuery(opportunities))
        Q_UNREACHABLE();
    rebuild();
}

QString TimelineModel::wordsOf(const LiveQuery &query, const ResultRow &row,
                               const QString &path) const
{
    const int column = query.columnOf(path);
    return column < 0 ? QString()
                      : displayText(query.columns()[std::size_t(column)].field,
                                    row.cells[std::size_t(column)], m_lookup);
}

// What the opportunity itself remembers: when it was captured, the customer first spoken to, the
// stage entered, anything last changed.
void TimelineModel::addFacts(std::vector<Event> &events) const
{
    for (const ResultRow &row : m_opportunities.rows()) {
        const auto add = [&](const QString &when, const QString &what, const QString &who,
                             const QString &icon) {
            const qint64 at = cellOf(m_opportunities, row, when).integer();
            if (at != 0)
                events.push_back({at, what, cellOf(m_opportunities, row, u"title"_s).text(),
                                  wordsOf(m_opportunities, row, who), icon});
        };
        const qint64 changed = cellOf(m_opportunities, row, u"updated_at"_s).integer();
        const qint64 captured = cellOf(m_opportunities, row, u"captured_at"_s).integer();
        const qint64 contacted = cellOf(m_opportunities, row, u"first_contact_at"_s).integer();
        const qint64 entered = cellOf(m_opportunities, row, u"stage_entered_at"_s).integer();
        add(u"captured_at"_s, tr("Captured"), u"captured_by"_s, u"clipboard-list"_s);
        add(u"first_contact_at"_s, tr("First contact"), u"owner_id"_s, u"phone-call"_s);
        add(u"stage_entered_at"_s,
            tr("Stage: %1").arg(wordsOf(m_opportunities, row, u"sales_stage"_s)), u"owner_id"_s,
            u"arrow-right"_s);
        if (changed > std::max({captured, contacted, entered}))
            add(u"updated_at"_s, tr("Last changed"), u"updated_by"_s, u"pencil"_s);
    }
}

void TimelineModel::rebuild()
{
    std::vector<Event> events;
    for (const ResultRow &row : m_notes.rows()) {
        const qint64 at = cellOf(m_notes, row, u"at"_s).integer();
        events.push_back({at ? at : cellOf(m_notes, row, u"created_at"_s).integer(),
                          wordsOf(m_notes, row, u"kind"_s), wordsOf(m_notes, row, u"body"_s),
                          wordsOf(m_notes, row, u"author_id"_s), u"sticky-note"_s});
    }
    for (const ResultRow &row : m_transfers.rows()) {
        const QString to = wordsOf(m_transfers, row, u"to_staff_id"_s).isEmpty()
            ? wordsOf(m_transfers, row, u"to_queue_id"_s)
            : wordsOf(m_transfers, row, u"to_staff_id"_s);
        events.push_back(
            {cellOf(m_transfers, row, u"at"_s).integer(),
             wordsOf(m_transfers, row, u"kind"_s) + (to.isEmpty() ? QString() : u" → "_s + to),
             wordsOf(m_transfers, row, u"note"_s), wordsOf(m_transfers, row, u"from_staff_id"_s),
             u"split"_s});
    }
    addFacts(events);
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
