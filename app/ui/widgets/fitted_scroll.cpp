#include "ui/widgets/fitted_scroll.h"

#include "ui/widgets/theme.h"

#include <QEvent>
#include <QLayout>
#include <QResizeEvent>

#include <algorithm>

namespace keydesk {

FittedScroll::FittedScroll(int leastHeight, QWidget *parent)
    : QScrollArea(parent)
    , m_least(leastHeight)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

int FittedScroll::contentHeight() const
{
    const QLayout *layout = widget() ? widget()->layout() : nullptr;
    if (!layout)
        return 0;
    return layout->hasHeightForWidth() ? layout->totalHeightForWidth(viewport()->width())
                                       : layout->totalSizeHint().height();
}

QSize FittedScroll::sizeHint() const
{
    return {QScrollArea::sizeHint().width(), contentHeight()};
}

QSize FittedScroll::minimumSizeHint() const
{
    const int width = widget() ? widget()->minimumSizeHint().width() : 0;
    return {width, std::min(contentHeight(), Theme::of(this).scaled(m_least))};
}

void FittedScroll::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        updateGeometry();
}

// The area learns of its content's wishes here; its own layout has to hear of them too.
bool FittedScroll::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

} // namespace keydesk
