#include "models/record_table_model.h"

#include "schema/value.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr Label syncHeading{"同步", "Sync"};
constexpr Label queuedWord{"待同步", "Queued"};

} // namespace

RecordTableModel::RecordTableModel(ReplicaReader &reader, RecordLookup &lookup, QObject *parent)
    : QAbstractTableModel(parent)
    , m_reader(reader)
    , m_lookup(lookup)
    , m_query(reader)
{
    relay();
    connect(&m_lookup, &RecordLookup::titlesChanged, this, &RecordTableModel::onTitlesChanged);
    // Marks can come and go while the row itself stays as it is.
    connect(&m_reader, &ReplicaReader::changed, this, &RecordTableModel::refreshPending);
}

void RecordTableModel::relay()
{
    connect(&m_query, &LiveQuery::aboutToReset, this, [this] { beginResetModel(); });
    connect(&m_query, &LiveQuery::wasReset, this, [this] { endResetModel(); });
    connect(&m_query, &LiveQuery::aboutToRemove, this,
            [this](int first, int last) { beginRemoveRows({}, first, last); });
    connect(&m_query, &LiveQuery::removed, this, [this] { endRemoveRows(); });
    connect(&m_query, &LiveQuery::aboutToInsert, this,
            [this](int first, int last) { beginInsertRows({}, first, last); });
    connect(&m_query, &LiveQuery::inserted, this, [this] { endInsertRows(); });
    connect(&m_query, &LiveQuery::aboutToMove, this, [this](int from, int to) {
        beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
    });
    connect(&m_query, &LiveQuery::moved, this, [this] { endMoveRows(); });
    connect(&m_query, &LiveQuery::rowsChanged, this, [this](int first, int last) {
        Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
    });
    connect(&m_query, &LiveQuery::finished, this, [this] {
        refreshPending();
        if (std::exchange(m_total, m_query.total()) != m_total)
            Q_EMIT totalChanged(m_total);
    });
}

Result<> RecordTableModel::setQuery(const RowQuery &query)
{
    return m_query.setQuery(query);
}

void RecordTableModel::setFilter(const FilterSpec &filter)
{
    RowQuery query = m_query.query();
    query.filter = filter;
    (void)setQuery(query);
}

void RecordTableModel::setHeading(const QString &path, const Label &label)
{
    m_headings.insert(path, label);
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void RecordTableModel::setLook(const QString &path, int role, Look look)
{
    m_looks[{path, role}] = std::move(look);
}

void RecordTableModel::setSyncColumn(bool shown)
{
    beginResetModel();
    m_syncColumn = shown;
    endResetModel();
}

// ---- Pending marks and names

void RecordTableModel::refreshPending()
{
    QSet<QString> pending = m_reader.pendingIds(m_query.query().entity);
    if (pending == m_pending)
        return;
    const QSet<QString> before = std::exchange(m_pending, std::move(pending));
    for (int row = 0; row < rowCount(); ++row) {
        const QString id = idAt(row);
        if (before.contains(id) != m_pending.contains(id))
            Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
    }
    Q_EMIT pendingChanged();
}

void RecordTableModel::onTitlesChanged(const QSet<QString> &entities)
{
    for (const QueryColumn &column : m_query.columns()) {
        if (column.field.kind == Kind::Reference && entities.contains(column.field.target))
            return allChanged({Qt::DisplayRole, Qt::AccessibleTextRole});
    }
}

void RecordTableModel::allChanged(const QList<int> &roles)
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), roles);
}

void RecordTableModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    allChanged({});
}

// ---- Rows by name

QString RecordTableModel::idAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_query.rows()[std::size_t(row)].id : QString();
}

Cell RecordTableModel::cellAt(int row, const QString &path) const
{
    const int column = m_query.columnOf(path);
    if (column < 0 || row < 0 || row >= rowCount())
        return {};
    return m_query.rows()[std::size_t(row)].cells[std::size_t(column)];
}

QString RecordTableModel::textAt(int row, const QString &path) const
{
    const int column = m_query.columnOf(path);
    if (column < 0)
        return {};
    return displayText(m_query.columns()[std::size_t(column)].field, cellAt(row, path), m_lookup);
}

bool RecordTableModel::isPending(int row) const
{
    return m_pending.contains(idAt(row));
}

// ---- QAbstractTableModel

int RecordTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_query.rows().size());
}

int RecordTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_query.columns().size()) + (m_syncColumn ? 1 : 0);
}

QVariant RecordTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == IdRole)
        return idAt(index.row());
    const auto &columns = m_query.columns();
    if (index.column() >= int(columns.size()))
        return syncData(index.row(), role);
    const QueryColumn &column = columns[std::size_t(index.column())];
    if (const auto look = m_looks.find({column.path, role}); look != m_looks.end()) {
        if (QVariant answer = look->second(*this, index.row()); answer.isValid())
            return answer;
    }
    if (role == Qt::AccessibleTextRole && index.column() == 0)
        return summary(index.row());
    return cellData(index.row(), column,
                    m_query.rows()[std::size_t(index.row())].cells[std::size_t(index.column())],
                    role);
}

QVariant RecordTableModel::cellData(int row, const QueryColumn &column, const Cell &cell,
                                    int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return displayText(column.field, cell, m_lookup);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter
                   | (isQuantity(column.field.kind) ? Qt::AlignRight : Qt::AlignLeft));
    case SortRole:
        return cell.isInteger() ? QVariant(cell.integer()) : QVariant(cell.text());
    case Qt::AccessibleTextRole: {
        const auto badge = m_looks.find({column.path, BadgeRole});
        const QVariant drawn = badge == m_looks.end() ? QVariant() : badge->second(*this, row);
        const QString word = drawn.canConvert<Badge>() ? drawn.value<Badge>().text
                                                       : displayText(column.field, cell, m_lookup);
        return headerData(m_query.columnOf(column.path), Qt::Horizontal, Qt::DisplayRole).toString()
            + u": "_s + word;
    }
    default:
        return {};
    }
}

QVariant RecordTableModel::syncData(int row, int role) const
{
    if (!isPending(row))
        return role == SortRole ? QVariant(0) : QVariant();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return queuedWord.text();
    case BadgeRole:
        return QVariant::fromValue(Badge{BadgeKind::Pending, queuedWord.text()});
    case SortRole:
        return 1;
    default:
        return {};
    }
}

// The first columns in one sentence: what a screen reader says when the row is entered.
QString RecordTableModel::summary(int row) const
{
    QStringList words;
    for (std::size_t i = 0; i < m_query.columns().size() && words.size() < 4; ++i) {
        const QString text = textAt(row, m_query.columns()[i].path);
        if (!text.isEmpty())
            words.append(text);
    }
    if (isPending(row))
        words.append(queuedWord.text());
    return words.join(u", "_s);
}

QVariant RecordTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const auto &columns = m_query.columns();
    const bool isSync = section >= int(columns.size());
    if (role == Qt::TextAlignmentRole) {
        const bool right = !isSync && isQuantity(columns[std::size_t(section)].field.kind);
        return int(Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole)
        return {};
    if (isSync)
        return syncHeading.text();
    const QueryColumn &column = columns[std::size_t(section)];
    const auto own = m_headings.constFind(column.path);
    return own == m_headings.constEnd() ? column.field.label.text() : own->text();
}

QHash<int, QByteArray> RecordTableModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert(IdRole, "id");
    return names;
}

bool RecordTableModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_query.hasMore() && !m_query.isLoading();
}

void RecordTableModel::fetchMore(const QModelIndex &parent)
{
    if (!parent.isValid())
        m_query.fetchMore();
}

void RecordTableModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= int(m_query.columns().size()))
        return;
    RowQuery query = m_query.query();
    query.order = {{m_query.columns()[std::size_t(column)].path, order == Qt::DescendingOrder}};
    (void)m_query.setQuery(query);
}

} // namespace keydesk
