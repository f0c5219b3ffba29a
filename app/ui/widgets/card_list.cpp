#include "ui/widgets/card_list.h"

#include "models/roles.h"

#include <QDrag>
#include <QDropEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QScopedValueRollback>

namespace keydesk {

CardList::CardList(QWidget *parent)
    : QListView(parent)
{
    setDragEnabled(true);
    setAcceptDrops(true);
    setDragDropMode(DragDrop);
    setDropIndicatorShown(false);
    setEditTriggers(NoEditTriggers);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSpacing(1);
    connect(this, &QListView::doubleClicked, this,
            [this](const QModelIndex &index) { Q_EMIT opened(index.data(IdRole).toString()); });
}

void CardList::startDrag(Qt::DropActions)
{
    const QString id = currentIndex().data(IdRole).toString();
    if (id.isEmpty())
        return;
    auto *mime = new QMimeData;
    mime->setData(QString::fromLatin1(mimeType), id.toUtf8());
    auto *drag = new QDrag(this);
    drag->setMimeData(mime);
    drag->setPixmap(viewport()->grab(visualRect(currentIndex())));
    drag->exec(Qt::MoveAction);
}

void CardList::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->source() != this && event->mimeData()->hasFormat(QString::fromLatin1(mimeType)))
        event->acceptProposedAction();
}

void CardList::dragMoveEvent(QDragMoveEvent *event)
{
    dragEnterEvent(static_cast<QDragEnterEvent *>(event));
}

void CardList::dropEvent(QDropEvent *event)
{
    const QByteArray id = event->mimeData()->data(QString::fromLatin1(mimeType));
    if (event->source() == this || id.isEmpty())
        return;
    event->acceptProposedAction();
    Q_EMIT cardDropped(QString::fromUtf8(id));
}

void CardList::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    setAttribute(Qt::WA_InputMethodEnabled, false); // it would eat the letter keys
    // Coming back to the window, or from a question about a card, chooses none.
    const bool comesBack = event->reason() == Qt::ActiveWindowFocusReason
        || event->reason() == Qt::PopupFocusReason;
    if (comesBack && currentIndex().isValid())
        return;
    if (!currentIndex().isValid() && model() && model()->rowCount() > 0)
        setCurrentIndex(model()->index(0, 0));
    else if (currentIndex().isValid())
        selectionModel()->select(currentIndex(), QItemSelectionModel::ClearAndSelect);
    Q_EMIT focused();
}

void CardList::keyPressEvent(QKeyEvent *event)
{
    const bool plain = event->modifiers() == Qt::NoModifier;
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool vertical = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down;
    // Where a card went away one goes on with its neighbour, not with the one behind that.
    const bool resumes = currentIndex().isValid() && !selectionModel()->hasSelection();
    if (plain && vertical && resumes)
        selectionModel()->select(currentIndex(), QItemSelectionModel::ClearAndSelect);
    else if (plain && enter && currentIndex().isValid())
        Q_EMIT opened(currentIndex().data(IdRole).toString());
    else if (plain && event->key() == Qt::Key_Left)
        Q_EMIT neighbourRequested(-1);
    else if (plain && event->key() == Qt::Key_Right)
        Q_EMIT neighbourRequested(1);
    else
        QListView::keyPressEvent(event);
}

void CardList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    setAttribute(Qt::WA_InputMethodEnabled, false);
}

void CardList::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QListView::selectionChanged(selected, deselected);
    if (!m_removing && !selected.isEmpty())
        Q_EMIT currentIdChanged(selected.indexes().first().data(IdRole).toString());
}

void CardList::rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last)
{
    const QModelIndexList before = selectedIndexes();
    const bool stays = !before.isEmpty()
        && (before.first().row() < first || before.first().row() > last);
    const QScopedValueRollback removing(m_removing, true);
    QListView::rowsAboutToBeRemoved(parent, first, last); // makes a neighbour the current one
    if (!stays)
        clearSelection();
}

} // namespace keydesk
