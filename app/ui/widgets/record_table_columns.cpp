#include "ui/widgets/record_table.h"

#include "ui/widgets/theme.h"

#include <QActionGroup>
#include <QContextMenuEvent>
#include <QDataStream>
#include <QGuiApplication>
#include <QHeaderView>
#include <QIODevice>
#include <QMenu>
#include <QScopedValueRollback>

namespace keydesk {

namespace {

constexpr int leastStretch = 160; // design pixels

} // namespace

void RecordTable::setColumnWidths(const QList<int> &designPixels)
{
    m_defaultWidths = designPixels;
    m_stretchIsOwn = false;
    applyDefaultColumns();
}

void RecordTable::setStretchColumn(int column)
{
    m_stretchColumn = column;
    horizontalHeader()->setStretchLastSection(column < 0);
    fitStretchColumn();
}

void RecordTable::setColumnShown(int column, bool shown)
{
    const QScopedValueRollback arranging(m_arranging, true);
    horizontalHeader()->setSectionHidden(column, !shown);
    fitStretchColumn();
}

void RecordTable::scaleColumns(int textPercent)
{
    const QScopedValueRollback arranging(m_arranging, true);
    for (int column = 0; column < horizontalHeader()->count(); ++column) {
        if (!isColumnHidden(column))
            setColumnWidth(column, columnWidth(column) * textPercent / m_textPercent);
    }
    m_textPercent = textPercent;
    fitStretchColumn();
}

// The stretch column is no QHeaderView::Stretch: that one would shrink to nothing in a narrow list
// and could not be resized by hand.
void RecordTable::fitStretchColumn()
{
    if (m_stretchColumn < 0 || m_stretchColumn >= horizontalHeader()->count() || m_stretchIsOwn
        || isColumnHidden(m_stretchColumn))
        return;
    const Theme &theme = Theme::of(this);
    const int least = theme.scaled(m_defaultWidths.value(m_stretchColumn, leastStretch));
    const int others = horizontalHeader()->length() - columnWidth(m_stretchColumn);
    const QScopedValueRollback arranging(m_arranging, true);
    setColumnWidth(m_stretchColumn, std::max(least, viewport()->width() - others));
}

void RecordTable::onSectionResized(int column)
{
    if (m_arranging)
        return;
    // Only a drag is the user's choice; Qt also resizes the last section by itself.
    if (QGuiApplication::mouseButtons() != Qt::NoButton) {
        m_stretchIsOwn = m_stretchIsOwn || column == m_stretchColumn;
        m_columnsChange.start();
    }
    fitStretchColumn();
}

void RecordTable::setHiddenByDefault(const QList<int> &columns)
{
    m_hiddenByDefault = columns;
    applyDefaultColumns();
}

void RecordTable::applyDefaultColumns()
{
    const QScopedValueRollback arranging(m_arranging, true);
    const Theme &theme = Theme::of(this);
    QHeaderView *header = horizontalHeader();
    for (int column = 0; column < header->count(); ++column) {
        header->moveSection(header->visualIndex(column), column);
        header->setSectionHidden(column, m_hiddenByDefault.contains(column));
        if (column < m_defaultWidths.size() && !isColumnHidden(column))
            setColumnWidth(column, theme.scaled(m_defaultWidths[column]));
    }
    fitStretchColumn();
}

void RecordTable::restoreDefaultColumns()
{
    m_stretchIsOwn = false;
    applyDefaultColumns();
    Q_EMIT columnsChanged();
}

QByteArray RecordTable::saveState() const
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << qint32(horizontalHeader()->count()) << qint32(m_textPercent) << m_stretchIsOwn
           << horizontalHeader()->saveState();
    return bytes;
}

bool RecordTable::restoreState(const QByteArray &state)
{
    QDataStream stream(state);
    stream.setVersion(QDataStream::Qt_6_4);
    qint32 columns = 0;
    qint32 textPercent = 0;
    bool stretchIsOwn = false;
    QByteArray header;
    stream >> columns >> textPercent >> stretchIsOwn >> header;
    const QScopedValueRollback arranging(m_arranging, true);
    // A state saved before a column was added would hide or misplace the new one.
    if (stream.status() != QDataStream::Ok || columns != horizontalHeader()->count()
        || textPercent < 1 || !horizontalHeader()->restoreState(header))
        return false;
    m_textPercent = textPercent;
    m_stretchIsOwn = stretchIsOwn;
    horizontalHeader()->setStretchLastSection(m_stretchColumn < 0);
    scaleColumns(Theme::of(this).textPercent);
    return true;
}

void RecordTable::fillColumnMenu(QMenu &menu)
{
    QHeaderView *header = horizontalHeader();
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        QAction *action = menu.addAction(
            model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        // The last visible column stays: a list without columns could not be brought back.
        const bool last = action->isChecked()
            && header->count() - header->hiddenSectionCount() == 1;
        action->setEnabled(!last);
        connect(action, &QAction::toggled, header, [this, header, column](bool shown) {
            header->setSectionHidden(column, !shown);
            fitStretchColumn();
            Q_EMIT columnsChanged();
        });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("Default columns")), &QAction::triggered, this,
            &RecordTable::restoreDefaultColumns);
}

void RecordTable::fillSortMenu(QMenu &menu)
{
    QHeaderView *header = horizontalHeader();
    auto *group = new QActionGroup(&menu);
    const auto add = [&](const QString &words, int column) {
        QAction *action = menu.addAction(words);
        action->setCheckable(true);
        action->setChecked(header->sortIndicatorSection() == column);
        group->addAction(action);
        connect(action, &QAction::triggered, header, [header, column] {
            // The order that is there already is turned around.
            const bool turn = header->sortIndicatorSection() == column
                && header->sortIndicatorOrder() == Qt::AscendingOrder;
            header->setSortIndicator(column, turn ? Qt::DescendingOrder : Qt::AscendingOrder);
        });
    };
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        if (!header->isSectionHidden(column))
            add(model()->headerData(column, Qt::Horizontal).toString(), column);
    }
    menu.addSeparator();
    add(tr("The list's own order"), -1);
}

// The single-letter keys, in words.
void RecordTable::fillRowMenu(QMenu &menu)
{
    if (currentIndex().isValid())
        connect(menu.addAction(tr("Open")), &QAction::triggered, this,
                [this] { Q_EMIT opened(currentId()); });
    for (QAction *action : actions()) {
        if (action->isVisible() && action->isEnabled() && !action->text().isEmpty())
            menu.addAction(action);
    }
    menu.addSeparator();
}

void RecordTable::popUp(MenuPart part, const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("listMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (part == MenuPart::Sort) {
        fillSortMenu(*menu);
    } else if (part == MenuPart::Columns) {
        fillColumnMenu(*menu);
    } else {
        fillRowMenu(*menu);
        fillSortMenu(*menu->addMenu(tr("Sort by")));
        fillColumnMenu(*menu->addMenu(tr("Columns")));
    }
    menu->popup(at);
    if (!menu->actions().isEmpty())
        menu->setActiveAction(menu->actions().constFirst());
}

void RecordTable::openMenu(MenuPart part)
{
    const QRect row = currentIndex().isValid() ? visualRect(currentIndex()) : QRect(0, 0, 1, 1);
    popUp(part, viewport()->mapToGlobal(QPoint(std::max(0, row.left()) + 24, row.bottom())));
}

void RecordTable::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Mouse)
        popUp(MenuPart::All, event->globalPos());
}

void RecordTable::showHeaderMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillColumnMenu(*menu);
    menu->popup(horizontalHeader()->mapToGlobal(at));
}

} // namespace keydesk
