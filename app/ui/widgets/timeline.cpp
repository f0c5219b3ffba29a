#include "ui/widgets/timeline.h"

#include "models/roles.h"
#include "ui/widgets/timeline_delegate.h"

#include <QAction>
#include <QKeyEvent>

namespace keydesk {

Timeline::Timeline(QWidget *parent)
    : QListView(parent)
{
    setItemDelegate(new TimelineDelegate(this));
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    setUniformItemSizes(false);
    connect(this, &QListView::doubleClicked, this,
            [this](const QModelIndex &index) { Q_EMIT opened(index.data(IdRole).toString()); });
}

void Timeline::addKey(QAction *action)
{
    action->setShortcutContext(Qt::WidgetShortcut);
    addAction(action);
}

void Timeline::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    // Qt turns the input method on for models that allow editing; it would eat the letter keys.
    setAttribute(Qt::WA_InputMethodEnabled, false);
}

void Timeline::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers() == Qt::NoModifier && currentIndex().isValid())
        Q_EMIT opened(currentIndex().data(IdRole).toString());
    else
        QListView::keyPressEvent(event);
}

void Timeline::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    // Summaries wrap, so that heights depend on the width.
    if (event->oldSize().width() != event->size().width())
        scheduleDelayedItemsLayout();
}

void Timeline::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::LanguageChange)
        scheduleDelayedItemsLayout();
}

} // namespace keydesk
