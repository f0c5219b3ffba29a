#pragma once

#include <QFrame>

namespace keydesk {

// The raised sheet that the palette and pickers show their rows on.
class PalettePanel final : public QFrame
{
    Q_OBJECT

public:
    using QFrame::QFrame;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace keydesk
