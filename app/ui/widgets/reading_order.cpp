#include "ui/widgets/reading_order.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QLayout>
#include <QScrollArea>
#include <QSplitter>
#include <QWidget>

namespace keydesk {

namespace {

void addOnce(QList<QWidget *> &widgets, QWidget *widget)
{
    if (widget && !widgets.contains(widget))
        widgets.append(widget);
}

void addLaidOut(const QLayout &layout, QList<QWidget *> &widgets)
{
    for (int i = 0; i < layout.count(); ++i) {
        QLayoutItem *item = layout.itemAt(i);
        if (const QLayout *inner = item->layout())
            addLaidOut(*inner, widgets);
        else
            addOnce(widgets, item->widget());
    }
}

// Grids are filled in reading order here, so a layout's own order is that of the page.
QList<QWidget *> childrenOf(const QWidget &widget)
{
    QList<QWidget *> children;
    if (const auto *splitter = qobject_cast<const QSplitter *>(&widget)) {
        for (int i = 0; i < splitter->count(); ++i)
            addOnce(children, splitter->widget(i));
    } else if (const auto *scroll = qobject_cast<const QScrollArea *>(&widget)) {
        addOnce(children, scroll->widget());
    } else if (widget.layout()) {
        addLaidOut(*widget.layout(), children);
    }
    // What lies over the others, or has no layout, comes last: toasts, the words of an empty list.
    for (QObject *child : widget.children()) {
        auto *other = qobject_cast<QWidget *>(child);
        if (other && !other->isWindow())
            addOnce(children, other);
    }
    return children;
}

// Of buttons of which one is chosen, that one: the arrows go on from there.
bool isStop(const QWidget &widget)
{
    if (!widget.isEnabled() || widget.focusProxy())
        return false;
    const auto *button = qobject_cast<const QAbstractButton *>(&widget);
    const QButtonGroup *group = button ? button->group() : nullptr;
    if (group && group->exclusive() && group->checkedButton())
        return button->isChecked();
    return (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
}

// `keep` is listed in its place even where Tab would not stop at it: hidden or disabled a moment
// ago, it still says where one is.
void collect(QWidget &widget, const QWidget *keep, QList<QWidget *> &stops)
{
    const bool holds = keep && (&widget == keep || widget.isAncestorOf(keep));
    if (!widget.isVisible() && !holds)
        return;
    const bool takes = widget.isVisible() && isStop(widget);
    if (takes || &widget == keep)
        addOnce(stops, &widget);
    for (QWidget *child : childrenOf(widget))
        collect(*child, keep, stops);
}

} // namespace

QList<QWidget *> stopsInReadingOrder(QWidget &part)
{
    QList<QWidget *> stops;
    collect(part, nullptr, stops);
    return stops;
}

bool focusNeighbourStop(QWidget &window, bool next)
{
    const QWidget *focus = window.focusWidget();
    QList<QWidget *> stops;
    collect(window, focus, stops);
    if (stops.isEmpty())
        return false;
    const qsizetype at = stops.indexOf(focus);
    const qsizetype count = stops.size();
    const qsizetype target = at < 0 ? (next ? 0 : count - 1)
                                    : (at + (next ? 1 : -1) + count) % count;
    stops.at(target)->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

} // namespace keydesk
