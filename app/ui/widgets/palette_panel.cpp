#include "ui/widgets/palette_panel.h"

#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace keydesk {

void PalettePanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(this);
    if (isWindow())
        painter.fillRect(rect(), theme.color(Token::Surface));
    paintPanel(painter, rect(), isWindow() ? 0 : Theme::cardRadius, theme.color(Token::Surface),
               theme.color(Token::BorderControl));
}

} // namespace keydesk
