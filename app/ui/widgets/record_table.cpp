#include "ui/widgets/record_table.h"

#include "models/roles.h"
#include "ui/widgets/clock_ticker.h"
#include "ui/widgets/record_delegate.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>

namespace keydesk {

namespace {

constexpr int currentBarWidth = 3;
// A list that is there within this time never flashes "Reading".
constexpr int loadingDelayMs = 150;
// A drag of a column border is one change, not a hundred.
constexpr int columnsChangeMs = 300;

} // namespace

RecordTable::RecordTable(QWidget *parent)
    : QTableView(parent)
    , m_pane(new StatePane(viewport()))
    , m_delegate(new RecordDelegate(this))
{
    setItemDelegate(m_delegate);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    // On by default, it would swallow Tab and trap the keyboard in the list.
    setTabKeyNavigation(false);
    setWordWrap(false);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setCornerButtonEnabled(false);
    viewport()->setMouseTracking(true);
    setUpHeader();

    m_loadingDelay.setSingleShot(true);
    m_loadingDelay.setInterval(loadingDelayMs);
    connect(&m_loadingDelay, &QTimer::timeout, this, &RecordTable::updateOverlay);
    connect(m_pane, &StatePane::actionTriggered, this, &RecordTable::stateAction);
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex &index) {
        Q_EMIT opened(index.siblingAtColumn(0).data(IdRole).toString());
    });
    m_pane->hide();
    applyTheme();
}

void RecordTable::setUpHeader()
{
    QHeaderView *header = horizontalHeader();
    header->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);
    header->setSortIndicatorClearable(true);
    header->setHighlightSections(false);
    header->setTextElideMode(Qt::ElideRight);
    header->setSectionsMovable(true);
    header->setStretchLastSection(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this, &RecordTable::showHeaderMenu);
    connect(header, &QHeaderView::sectionResized, this, &RecordTable::onSectionResized);
    m_columnsChange.setSingleShot(true);
    m_columnsChange.setInterval(columnsChangeMs);
    connect(&m_columnsChange, &QTimer::timeout, this, &RecordTable::columnsChanged);
    connect(header, &QHeaderView::sectionMoved, &m_columnsChange, qOverload<>(&QTimer::start));
    connect(header, &QHeaderView::sortIndicatorChanged, &m_columnsChange,
            qOverload<>(&QTimer::start));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
}

void RecordTable::setModel(QAbstractItemModel *model)
{
    if (QAbstractItemModel *old = this->model())
        disconnect(old, nullptr, this, nullptr);
    QTableView::setModel(model);
    if (model) {
        connect(model, &QAbstractItemModel::rowsInserted, this, &RecordTable::rowsChanged);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &RecordTable::rowsChanged);
        connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &RecordTable::rememberRow);
        connect(model, &QAbstractItemModel::modelReset, this, &RecordTable::recallRow);
        connect(model, &QAbstractItemModel::layoutChanged, this, &RecordTable::rowsChanged);
    }
    rowsChanged();
}

void RecordTable::setTicker(const ClockTicker *ticker)
{
    if (m_ticker)
        disconnect(m_ticker, nullptr, this, nullptr);
    m_ticker = ticker;
    m_delegate->setTicker(ticker);
    if (ticker)
        connect(ticker, &ClockTicker::ticked, this, &RecordTable::repaintClocks);
    viewport()->update();
}

void RecordTable::setListName(const QString &name)
{
    m_listName = name;
    updateName();
}

void RecordTable::addKey(QAction *action)
{
    action->setShortcutContext(Qt::WidgetShortcut);
    addAction(action);
}

void RecordTable::setState(const PaneState &state)
{
    const bool wasLoading = m_state && m_state->kind == PaneState::Loading;
    m_state = state;
    m_pane->setState(state);
    if (state.kind == PaneState::Loading && !wasLoading)
        m_loadingDelay.start();
    else if (state.kind != PaneState::Loading)
        m_loadingDelay.stop();
    updateOverlay();
}

void RecordTable::clearState()
{
    m_state.reset();
    m_loadingDelay.stop();
    updateOverlay();
}

bool RecordTable::hasRows() const
{
    return model() && model()->rowCount(rootIndex()) > 0;
}

void RecordTable::updateOverlay()
{
    const bool refused = m_state && m_state->kind == PaneState::NoPermission;
    const bool waiting = m_loadingDelay.isActive();
    m_pane->setGeometry(viewport()->rect());
    m_pane->setVisible(m_state && (refused || !hasRows()) && !waiting);
    // An overlay that hides the list must not leave the keyboard behind it.
    if (m_pane->isVisible())
        m_pane->raise();
    viewport()->update();
}

QString RecordTable::currentId() const
{
    return currentIndex().siblingAtColumn(0).data(IdRole).toString();
}

QStringList RecordTable::selectedIds() const
{
    QStringList ids;
    if (!selectionModel())
        return ids;
    const QModelIndexList rows = selectionModel()->selectedRows();
    for (const QModelIndex &row : rows)
        ids += row.data(IdRole).toString();
    return ids;
}

bool RecordTable::selectId(const QString &id)
{
    if (!hasRows() || id.isEmpty())
        return false;
    const QModelIndexList found = model()->match(model()->index(0, 0), IdRole, id, 1,
                                                 Qt::MatchExactly | Qt::MatchCaseSensitive);
    if (found.isEmpty())
        return false;
    // The same column as before, so that the view does not scroll sideways.
    const int column = std::max(0, currentIndex().column());
    setCurrentIndex(found.first().siblingAtColumn(column));
    return true;
}

void RecordTable::wantId(const QString &id)
{
    m_wantedId.clear();
    if (!selectId(id))
        m_wantedId = id;
}

void RecordTable::rememberRow()
{
    m_rememberedId = currentId();
}

void RecordTable::recallRow()
{
    if (m_wantedId.isEmpty() && selectId(m_rememberedId)) {
        updateName();
        updateOverlay();
    } else {
        rowsChanged();
    }
}

void RecordTable::rowsChanged()
{
    const QString wanted = std::exchange(m_wantedId, {});
    if (!wanted.isEmpty() && !selectId(wanted))
        m_wantedId = wanted;
    if (hasRows() && !currentIndex().isValid())
        chooseFirst();
    updateName();
    updateOverlay();
}

// Without a current row Qt's accessible table may be asked for a child that is not there, and the
// single-letter keys would have nothing to act on.
void RecordTable::chooseFirst()
{
    int column = 0;
    while (isColumnHidden(column) && column + 1 < model()->columnCount())
        ++column;
    const QScopedValueRollback choosing(m_choosing, true);
    selectionModel()->setCurrentIndex(model()->index(0, column),
                                      QItemSelectionModel::ClearAndSelect
                                          | QItemSelectionModel::Rows);
}

void RecordTable::updateName()
{
    const int rows = model() ? model()->rowCount(rootIndex()) : 0;
    setAccessibleName(
        tr("%1, %n row(s)", "name of a list for screen readers", rows).arg(m_listName));
}

void RecordTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    setAttribute(Qt::WA_InputMethodEnabled, false);
    updateRow(previous.row());
    updateRow(current.row());
    if (current.row() == previous.row() && current.model() == previous.model())
        return;
    if (m_choosing && !m_wantedId.isEmpty())
        return;
    if (current.isValid())
        m_wantedId.clear();
    Q_EMIT currentIdChanged(currentId());
}

void RecordTable::repaintClocks()
{
    if (!isVisible() || !hasRows())
        return;
    const qint64 now = m_ticker->nowMs();
    const int first = rowAt(0);
    const int last = rowAt(viewport()->height() - 1);
    const int end = last < 0 ? model()->rowCount() - 1 : last;
    for (int column = 0; column < model()->columnCount(); ++column) {
        if (isColumnHidden(column))
            continue;
        for (int row = std::max(0, first); row <= end; ++row) {
            const QModelIndex cell = model()->index(row, column);
            if (!cell.data(ClockRole).isValid())
                break; // a column either holds clocks or does not
            if (RecordDelegate::clockText(cell, now) != RecordDelegate::clockText(cell, now - 1000))
                update(cell);
        }
    }
}

void RecordTable::updateRow(int row)
{
    if (row >= 0)
        viewport()->update(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
}

void RecordTable::hover(int row)
{
    if (row == m_hoveredRow)
        return;
    updateRow(m_hoveredRow);
    m_hoveredRow = row;
    m_delegate->setHoveredRow(row);
    updateRow(row);
}

bool RecordTable::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::MouseMove)
        hover(rowAt(static_cast<QMouseEvent *>(event)->position().toPoint().y()));
    else if (event->type() == QEvent::Leave)
        hover(-1);
    return QTableView::viewportEvent(event);
}

void RecordTable::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    // Qt turns the input method on for models that allow editing; it would eat the letter keys.
    setAttribute(Qt::WA_InputMethodEnabled, false);
}

void RecordTable::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers().testFlag(Qt::ControlModifier)) {
        event->ignore(); // finishes the page's task
        return;
    }
    if (enter && !event->modifiers().testFlag(Qt::AltModifier) && currentIndex().isValid()) {
        Q_EMIT opened(currentId());
        return;
    }
    if (event->key() == Qt::Key_Menu
        || (event->key() == Qt::Key_F10 && event->modifiers() == Qt::ShiftModifier))
        return openMenu();
    const bool toEnd = event->key() == Qt::Key_Home || event->key() == Qt::Key_End;
    if (toEnd && event->modifiers() == Qt::NoModifier && hasRows()) {
        const int row = event->key() == Qt::Key_Home ? 0 : model()->rowCount() - 1;
        setCurrentIndex(model()->index(row, std::max(0, currentIndex().column())));
        return;
    }
    QTableView::keyPressEvent(event);
}

void RecordTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    QPainter painter(viewport());
    const Theme &theme = Theme::of(this);
    // The selection's tint alone is too close to the surface (1.25:1), so the current row has a
    // bar.
    if (const QModelIndex current = currentIndex(); current.isValid())
        painter.fillRect(0, rowViewportPosition(current.row()), currentBarWidth,
                         rowHeight(current.row()), theme.color(Token::Link));
    if (m_state && m_state->kind == PaneState::Loading && hasRows() && !m_loadingDelay.isActive())
        painter.fillRect(0, 0, viewport()->width(), 2, theme.color(Token::Link));
}

void RecordTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    m_pane->setGeometry(viewport()->rect());
    fitStretchColumn();
}

void RecordTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
    else if (event->type() == QEvent::LanguageChange)
        updateName();
}

void RecordTable::applyTheme()
{
    const Theme &theme = Theme::of(this);
    // The header margin of the style raises the minimum section size, so it is set as well.
    verticalHeader()->setMinimumSectionSize(theme.rowHeight());
    verticalHeader()->setDefaultSectionSize(theme.rowHeight());
    horizontalHeader()->setMinimumSectionSize(theme.scaled(48));
    horizontalHeader()->setFont(theme.font());
    scaleColumns(theme.textPercent);
}

} // namespace keydesk
