#include "ui/widgets/record_table.h"

#include "ui/widgets/theme.h"

#include <QDataStream>
#include <QHeaderView>
#include <QIODevice>
#include <QMenu>

namespace keydesk {

void RecordTable::setColumnWidths(const QList<int> &designPixels)
{
    const Theme &theme = Theme::of(this);
    for (int column = 0; column < std::min(int(designPixels.size()), horizontalHeader()->count());
         ++column)
        setColumnWidth(column, theme.scaled(designPixels[column]));
}

void RecordTable::scaleColumns(int textPercent)
{
    for (int column = 0; column < horizontalHeader()->count(); ++column) {
        if (!isColumnHidden(column))
            setColumnWidth(column, columnWidth(column) * textPercent / m_textPercent);
    }
    m_textPercent = textPercent;
}

void RecordTable::setHiddenByDefault(const QList<int> &columns)
{
    m_hiddenByDefault = columns;
    restoreDefaultColumns();
}

void RecordTable::restoreDefaultColumns()
{
    QHeaderView *header = horizontalHeader();
    for (int column = 0; column < header->count(); ++column) {
        header->moveSection(header->visualIndex(column), column);
        header->setSectionHidden(column, m_hiddenByDefault.contains(column));
    }
}

QByteArray RecordTable::saveState() const
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << qint32(horizontalHeader()->count()) << qint32(m_textPercent)
           << horizontalHeader()->saveState();
    return bytes;
}

bool RecordTable::restoreState(const QByteArray &state)
{
    QDataStream stream(state);
    stream.setVersion(QDataStream::Qt_6_4);
    qint32 columns = 0;
    qint32 textPercent = 0;
    QByteArray header;
    stream >> columns >> textPercent >> header;
    // A state saved before a column was added would hide or misplace the new one.
    if (stream.status() != QDataStream::Ok || columns != horizontalHeader()->count()
        || textPercent < 1 || !horizontalHeader()->restoreState(header))
        return false;
    m_textPercent = textPercent;
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
        connect(action, &QAction::toggled, header,
                [header, column](bool shown) { header->setSectionHidden(column, !shown); });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("Default columns")), &QAction::triggered, this,
            &RecordTable::restoreDefaultColumns);
}

void RecordTable::showHeaderMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillColumnMenu(*menu);
    menu->popup(horizontalHeader()->mapToGlobal(at));
}

} // namespace keydesk
