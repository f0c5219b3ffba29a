#include "ui/widgets/kanban_board.h"

#include "ui/widgets/kanban_column.h"

#include <QApplication>
#include <QBoxLayout>
#include <QListView>

#include <algorithm>

namespace keydesk {

KanbanBoard::KanbanBoard(QWidget *parent)
    : QScrollArea(parent)
{
    auto *canvas = new QWidget;
    m_row = new QHBoxLayout(canvas);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(8);
    setWidget(canvas);
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

KanbanColumn *KanbanBoard::addColumn(const QString &id, const QString &title)
{
    auto *column = new KanbanColumn(id);
    column->setTitle(title);
    m_row->addWidget(column, 1);
    m_columns += column;
    connect(column, &KanbanColumn::opened, this, &KanbanBoard::opened);
    connect(column, &KanbanColumn::currentIdChanged, this, &KanbanBoard::take);
    connect(column, &KanbanColumn::cardsCame, this, [this, column] { followTo(column); });
    connect(column, &KanbanColumn::cardDropped, this,
            [this, id](const QString &cardId) { Q_EMIT moveRequested(cardId, id); });
    connect(column, &KanbanColumn::neighbourRequested, this,
            [this, column](int step) { focusNeighbour(column, step); });
    connect(column, &KanbanColumn::focused, this, [this, column] { selectOnlyIn(column); });
    return column;
}

KanbanColumn *KanbanBoard::column(const QString &id) const
{
    for (KanbanColumn *column : m_columns) {
        if (column->id() == id)
            return column;
    }
    return nullptr;
}

// One card of the whole board is selected, as in one list.
void KanbanBoard::selectOnlyIn(const KanbanColumn *column)
{
    for (const KanbanColumn *other : std::as_const(m_columns)) {
        if (other != column)
            other->list().clearSelection();
    }
    take(column->currentId());
}

void KanbanBoard::take(const QString &id)
{
    m_current = id;
    Q_EMIT currentIdChanged(id);
}

void KanbanBoard::wantId(const QString &id)
{
    for (const KanbanColumn *column : std::as_const(m_columns))
        column->list().clearSelection();
    m_current = id;
    for (KanbanColumn *column : std::as_const(m_columns))
        followTo(column);
}

// The current card moved to this column: so does the keyboard, if it was on the board.
void KanbanBoard::followTo(KanbanColumn *column)
{
    const QListView &list = column->list();
    const bool isThere = column->currentId() == m_current && list.selectionModel()
        && list.selectionModel()->hasSelection();
    if (m_current.isEmpty() || isThere || !column->selectId(m_current))
        return;
    ensureWidgetVisible(column);
    const QWidget *focus = QApplication::focusWidget();
    const auto holdsFocus = [focus](const KanbanColumn *one) { return &one->list() == focus; };
    if (std::any_of(m_columns.cbegin(), m_columns.cend(), holdsFocus))
        return column->list().setFocus(Qt::OtherFocusReason);
    for (const KanbanColumn *other : std::as_const(m_columns)) {
        if (other != column)
            other->list().clearSelection();
    }
}

void KanbanBoard::focusNeighbour(const KanbanColumn *from, int step)
{
    const int row = from->list().currentIndex().row();
    int at = int(m_columns.indexOf(from)) + step;
    // An empty stage is passed over: there is nothing in it to stand on.
    while (at >= 0 && at < m_columns.size() && m_columns[at]->list().model()->rowCount() == 0)
        at += step;
    if (at < 0 || at >= m_columns.size())
        return;
    QListView &list = m_columns[at]->list();
    list.setCurrentIndex(
        list.model()->index(std::min(std::max(row, 0), list.model()->rowCount() - 1), 0));
    list.setFocus(Qt::TabFocusReason);
    ensureWidgetVisible(m_columns[at]);
}

} // namespace keydesk
