#pragma once

#include <QList>

class QWidget;

namespace keydesk {

/// The controls inside `part` that Tab stops at now, in the order one reads them: as the layouts
/// and splitters put them, not as they were made. `part` itself comes first if Tab stops at it.
QList<QWidget *> stopsInReadingOrder(QWidget &part);

/// Moves the focus to the neighbour of the current stop of `window`, around at the ends; false if
/// there is none. For QWidget::focusNextPrevChild() of windows.
bool focusNeighbourStop(QWidget &window, bool next);

} // namespace keydesk
