#pragma once

class QWidget;

namespace keydesk {

/// Moves the focus to the next (`step` 1) or previous (-1) pane of the window: navigation, the
/// parts of the page side by side, status line. Where the focus was in a pane is not remembered.
void focusNeighbourPane(QWidget &rail, QWidget &page, QWidget &status, int step);

} // namespace keydesk
