#include "ui/shell/panes.h"

#include "ui/widgets/reading_order.h"

#include <QApplication>
#include <QSplitter>

namespace keydesk {

namespace {

// The innermost parts of the splitters in `widget`, or itself.
void collect(QWidget &widget, QList<QWidget *> &panes)
{
    const auto splitters = widget.findChildren<QSplitter *>();
    QSplitter *outermost = nullptr;
    for (QSplitter *splitter : splitters) {
        if (splitter->isVisible() && (!outermost || splitter->isAncestorOf(outermost)))
            outermost = splitter;
    }
    if (auto *self = qobject_cast<QSplitter *>(&widget))
        outermost = self;
    if (!outermost || outermost->count() < 2) {
        panes.append(&widget);
        return;
    }
    for (int i = 0; i < outermost->count(); ++i) {
        if (outermost->widget(i)->isVisible())
            collect(*outermost->widget(i), panes);
    }
}

// Views come first: a list is what one goes to a pane for. The pane may be the list itself.
QWidget *stopIn(QWidget &pane)
{
    const QList<QWidget *> stops = stopsInReadingOrder(pane);
    for (QWidget *stop : stops) {
        if (stop->inherits("QAbstractItemView"))
            return stop;
    }
    return stops.isEmpty() ? nullptr : stops.constFirst();
}

} // namespace

void focusNeighbourPane(QWidget &rail, QWidget &page, QWidget &status, int step)
{
    QList<QWidget *> panes{&rail};
    collect(page, panes);
    panes.append(&status);
    const QWidget *focus = QApplication::focusWidget();
    qsizetype at = 0;
    for (qsizetype i = 0; focus && i < panes.size(); ++i) {
        if (panes[i] == focus || panes[i]->isAncestorOf(focus))
            at = i;
    }
    for (qsizetype i = 1; i <= panes.size(); ++i) {
        const qsizetype next = (at + step * i + i * panes.size()) % panes.size();
        if (QWidget *stop = stopIn(*panes[next]))
            return stop->setFocus(Qt::TabFocusReason);
    }
}

} // namespace keydesk
