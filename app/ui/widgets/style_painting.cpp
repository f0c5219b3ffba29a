#include "ui/widgets/style_painting.h"

#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/shapes.h"

#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QStyleOption>
#include <QTextEdit>

namespace keydesk {

namespace {

constexpr auto fieldInvalidProperty = "keydeskInvalid";

bool isOn(const QStyleOption &option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

QColor fieldOutline(const Theme &theme, const QStyleOption &option, const QWidget *widget)
{
    if (!isOn(option, QStyle::State_Enabled))
        return theme.color(Token::BorderSubtle);
    if (widget && widget->property(fieldInvalidProperty).toBool())
        return theme.color(Token::DangerFg);
    if (isOn(option, QStyle::State_HasFocus))
        return theme.color(Token::Link);
    return theme.color(Token::BorderControl);
}

void paintFieldPanel(const Theme &theme, const QStyleOption &option, QPainter &painter,
                     const QWidget *widget)
{
    const bool quiet = isOn(option, QStyle::State_ReadOnly) || !isOn(option, QStyle::State_Enabled);
    const qreal width = isOn(option, QStyle::State_HasFocus) ? Theme::focusRing : 1;
    paintPanel(painter, option.rect, Theme::controlRadius,
               theme.color(quiet ? Token::Alt : Token::Surface),
               fieldOutline(theme, option, widget), width);
}

QColor filledButton(const Theme &theme, const QStyleOption &option, Prominence prominence)
{
    const bool hot = isOn(option, QStyle::State_MouseOver) || isOn(option, QStyle::State_Sunken);
    if (prominence == Prominence::Danger)
        return hot ? theme.color(Token::FillDanger).darker(115) : theme.color(Token::FillDanger);
    return theme.color(hot ? Token::AccentHover : Token::Accent);
}

void paintIndicatorBox(const Theme &theme, const QStyleOption &option, QPainter &painter,
                       qreal radius, bool filled)
{
    const bool enabled = isOn(option, QStyle::State_Enabled);
    const bool hot = enabled && isOn(option, QStyle::State_MouseOver);
    const QRectF box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (filled)
        paintPanel(painter, box, radius, theme.color(enabled ? Token::Accent : Token::Disabled));
    else
        paintPanel(painter, box, radius, theme.color(hot ? Token::Hover : Token::Surface),
                   theme.color(enabled ? Token::BorderControl : Token::BorderSubtle));
}

/// A line one unit wide along the inside of \a rect. Filled edges end where the rectangle ends on
/// every scale; at 125 % a pen may round the last line out of what may be painted.
void paintOutline(QPainter &painter, const QRectF &rect, const QColor &colour)
{
    painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), colour);
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), colour);
    painter.fillRect(QRectF(rect.left(), rect.top(), 1, rect.height()), colour);
    painter.fillRect(QRectF(rect.right() - 1, rect.top(), 1, rect.height()), colour);
}

} // namespace

bool isTextArea(const QWidget *widget)
{
    return qobject_cast<const QTextEdit *>(widget) || qobject_cast<const QPlainTextEdit *>(widget);
}

void paintField(const Theme &theme, const QStyleOption &option, QPainter &painter,
                const QWidget *widget)
{
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(&option);
    // Editors inside combo boxes, spin boxes and cells have no frame of their own.
    if (frame && frame->lineWidth == 0) {
        painter.fillRect(option.rect, theme.color(Token::Surface));
        return;
    }
    paintFieldPanel(theme, option, painter, widget);
}

void paintButtonPanel(const Theme &theme, const QStyleOption &option, QPainter &painter,
                      Prominence prominence)
{
    const bool enabled = isOn(option, QStyle::State_Enabled);
    const bool down = isOn(option, QStyle::State_Sunken) || isOn(option, QStyle::State_On);
    const bool hot = enabled && isOn(option, QStyle::State_MouseOver);
    const QRectF rect = option.rect;
    if (enabled && (prominence == Prominence::Primary || prominence == Prominence::Danger)) {
        paintPanel(painter, rect, Theme::controlRadius, filledButton(theme, option, prominence));
        return;
    }
    const QColor fill = theme.color(down ? Token::Selected : hot ? Token::Hover : Token::Surface);
    if (prominence == Prominence::Quiet) {
        if (down || hot)
            paintPanel(painter, rect, Theme::controlRadius, fill);
        return;
    }
    const Token outline = !enabled       ? Token::BorderSubtle
        : isOn(option, QStyle::State_On) ? Token::Link
                                         : Token::BorderControl;
    paintPanel(painter, rect, Theme::controlRadius, fill, theme.color(outline));
}

void paintButtonLabel(const Theme &theme, const QStyleOptionButton &option, QPainter &painter,
                      bool onFill)
{
    constexpr int gap = 6;
    const bool enabled = isOn(option, QStyle::State_Enabled);
    const QColor ink = theme.color(!enabled     ? Token::Disabled
                                       : onFill ? Token::OnFill
                                                : Token::Text);
    const int words = option.text.isEmpty()
        ? 0
        : option.fontMetrics.size(Qt::TextShowMnemonic, option.text).width();
    const int sign = option.icon.isNull() ? 0 : option.iconSize.width();
    const int between = words > 0 && sign > 0 ? gap : 0;
    // The bevel has drawn the chevron of a menu at the right end.
    const bool menu = option.features.testFlag(QStyleOptionButton::HasMenu);
    const int room = option.rect.width() - (menu ? menuMarkWidth(theme) : 0);
    int left = option.rect.left() + std::max(0, room - words - sign - between) / 2;
    if (sign > 0) {
        // Our icons have one colour, so that painting over their alpha recolours them.
        QPixmap pixmap = option.icon.pixmap(option.iconSize, painter.device()->devicePixelRatioF());
        QPainter over(&pixmap);
        over.setCompositionMode(QPainter::CompositionMode_SourceIn);
        over.fillRect(pixmap.rect(), ink);
        over.end();
        painter.drawPixmap(left, option.rect.center().y() - option.iconSize.height() / 2 + 1,
                           pixmap);
        left += sign + between;
    }
    painter.setPen(ink);
    painter.drawText(QRect(left, option.rect.top(), option.rect.right() - left,
                           option.rect.height()),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic, option.text);
}

bool opensMenu(const QStyleOptionToolButton &option)
{
    return option.features.testFlag(QStyleOptionToolButton::HasMenu)
        && !option.features.testFlag(QStyleOptionToolButton::MenuButtonPopup)
        && !option.features.testFlag(QStyleOptionToolButton::PopupDelay);
}

int menuMarkWidth(const Theme &theme)
{
    return theme.scaled(16);
}

void paintMenuToolButton(const Theme &theme, const QStyleOptionToolButton &option,
                         QPainter &painter, const QStyle &style, const QWidget *widget)
{
    paintToolButtonPanel(theme, option, painter);
    const int mark = menuMarkWidth(theme);
    QStyleOptionToolButton label(option);
    label.rect = option.rect.adjusted(4, 0, -mark - 2, 0);
    style.drawControl(QStyle::CE_ToolButtonLabel, &label, &painter, widget);
    QStyleOption arrow(option);
    arrow.rect = QRect(option.rect.right() - mark - 2, option.rect.top(), mark,
                       option.rect.height());
    paintArrow(theme, arrow, painter, Qt::DownArrow);
    if (isOn(option, QStyle::State_HasFocus) && isOn(option, QStyle::State_KeyboardFocusChange))
        paintFocusRing(theme, option, painter, widget);
}

void paintToolButtonPanel(const Theme &theme, const QStyleOption &option, QPainter &painter)
{
    const bool down = isOn(option, QStyle::State_Sunken) || isOn(option, QStyle::State_On);
    const bool hot = isOn(option, QStyle::State_Enabled) && isOn(option, QStyle::State_MouseOver);
    if (down || hot)
        paintPanel(painter, option.rect, Theme::controlRadius,
                   theme.color(down ? Token::Selected : Token::Hover));
}

void paintFocusRing(const Theme &theme, const QStyleOption &option, QPainter &painter,
                    const QWidget *widget)
{
    const Prominence prominence = KeydeskStyle::prominence(widget);
    const bool filled = prominence == Prominence::Primary || prominence == Prominence::Danger;
    paintPanel(painter, option.rect, Theme::controlRadius, {}, theme.color(Token::Link),
               Theme::focusRing);
    // On a filled button the ring has nearly the fill's colour: a gap keeps it visible.
    if (filled)
        paintPanel(painter, QRectF(option.rect).adjusted(2, 2, -2, -2), Theme::controlRadius - 1,
                   {}, theme.color(Token::Surface), 1.5);
}

void paintCheckBox(const Theme &theme, const QStyleOption &option, QPainter &painter)
{
    const bool partly = isOn(option, QStyle::State_NoChange);
    const bool checked = isOn(option, QStyle::State_On);
    paintIndicatorBox(theme, option, painter, 3, partly || checked);
    const qreal inset = option.rect.width() * 0.17;
    const QRectF mark = QRectF(option.rect).adjusted(inset, inset, -inset, -inset);
    if (partly)
        strokePath(painter, dashPath(mark), theme.color(Token::OnFill), 2);
    else if (checked)
        strokePath(painter, tickPath(mark), theme.color(Token::OnFill), 2);
}

void paintRadioButton(const Theme &theme, const QStyleOption &option, QPainter &painter)
{
    const bool checked = isOn(option, QStyle::State_On);
    paintIndicatorBox(theme, option, painter, option.rect.width() / 2.0, checked);
    const qreal inset = option.rect.width() * 0.31;
    if (checked)
        paintPanel(painter, QRectF(option.rect).adjusted(inset, inset, -inset, -inset),
                   option.rect.width() / 2.0, theme.color(Token::OnFill));
}

void paintFrame(const Theme &theme, const QStyleOption &option, QPainter &painter,
                const QWidget *widget)
{
    // An area one types in is a field and owes its outline 3:1; the frame of a list is decoration.
    if (isTextArea(widget))
        return paintFieldPanel(theme, option, painter, widget);
    const bool focused = isOn(option, QStyle::State_HasFocus);
    const bool popup = widget && widget->isWindow();
    const QColor line = theme.color(focused     ? Token::Link
                                        : popup ? Token::BorderControl
                                                : Token::BorderSubtle);
    paintOutline(painter, option.rect, line);
}

void paintArrow(const Theme &theme, const QStyleOption &option, QPainter &painter,
                Qt::ArrowType direction)
{
    const bool enabled = isOn(option, QStyle::State_Enabled);
    const qreal side = std::min({option.rect.width(), option.rect.height(), theme.scaled(14)});
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option.rect).center());
    strokePath(painter, chevronPath(box, direction),
               theme.color(enabled ? Token::Text2 : Token::Disabled), theme.scaled(15) / 10.0);
}

void paintItemPanel(const Theme &theme, const QStyleOption &option, QPainter &painter)
{
    if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(&option);
        item && item->backgroundBrush.style() != Qt::NoBrush)
        painter.fillRect(option.rect, item->backgroundBrush);
    if (isOn(option, QStyle::State_Selected))
        painter.fillRect(option.rect, theme.color(Token::Selected));
    else if (isOn(option, QStyle::State_MouseOver) && isOn(option, QStyle::State_Enabled))
        painter.fillRect(option.rect, theme.color(Token::Hover));
}

void paintHeaderSection(const Theme &theme, const QStyleOption &option, QPainter &painter)
{
    const bool hot = isOn(option, QStyle::State_MouseOver) && isOn(option, QStyle::State_Enabled);
    painter.fillRect(option.rect, theme.color(hot ? Token::Hover : Token::Alt));
    painter.setPen(theme.color(Token::BorderSubtle));
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(&option);
    const bool last = !header || header->position == QStyleOptionHeader::End
        || header->position == QStyleOptionHeader::OnlyOneSection;
    if (!last && header->orientation == Qt::Horizontal)
        painter.drawLine(option.rect.right(), option.rect.top() + 7, option.rect.right(),
                         option.rect.bottom() - 7);
}

void paintTab(const Theme &theme, const QStyleOptionTab &option, QPainter &painter)
{
    const bool selected = isOn(option, QStyle::State_Selected);
    if (!selected && isOn(option, QStyle::State_MouseOver))
        painter.fillRect(option.rect, theme.color(Token::Hover));
    if (selected)
        painter.fillRect(option.rect.adjusted(4, option.rect.height() - 3, -4, 0),
                         theme.color(Token::Link));
}

void paintProgressGroove(const Theme &theme, const QStyleOption &option, QPainter &painter)
{
    const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(&option);
    const qreal radius = std::min(Theme::controlRadius, option.rect.height() / 2);
    paintPanel(painter, option.rect, radius, theme.color(Token::NeutralBg));
    if (!bar || bar->maximum <= bar->minimum) {
        const QRectF third(option.rect.left(), option.rect.top(), option.rect.width() / 3.0,
                           option.rect.height());
        paintPanel(painter, third, radius, theme.color(Token::Accent));
        return;
    }
    const qreal share = qreal(bar->progress - bar->minimum) / (bar->maximum - bar->minimum);
    if (share > 0)
        paintPanel(painter,
                   QRectF(option.rect.left(), option.rect.top(),
                          option.rect.width() * std::clamp(share, 0.0, 1.0), option.rect.height()),
                   radius, theme.color(Token::Accent));
}

void paintComboBox(const Theme &theme, const QStyleOptionComboBox &option, QPainter &painter,
                   const QStyle &style, const QWidget *widget)
{
    if (option.frame)
        paintFieldPanel(theme, option, painter, widget);
    QStyleOption arrow(option);
    arrow.rect = style.subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxArrow,
                                      widget);
    paintArrow(theme, arrow, painter, Qt::DownArrow);
}

void paintSpinBox(const Theme &theme, const QStyleOptionSpinBox &option, QPainter &painter,
                  const QStyle &style, const QWidget *widget)
{
    if (option.frame)
        paintFieldPanel(theme, option, painter, widget);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    QStyleOption arrow(option);
    arrow.rect = style.subControlRect(QStyle::CC_SpinBox, &option, QStyle::SC_SpinBoxUp, widget);
    paintArrow(theme, arrow, painter, Qt::UpArrow);
    arrow.rect = style.subControlRect(QStyle::CC_SpinBox, &option, QStyle::SC_SpinBoxDown, widget);
    paintArrow(theme, arrow, painter, Qt::DownArrow);
}

void paintScrollBar(const Theme &theme, const QStyleOptionSlider &option, QPainter &painter,
                    const QStyle &style, const QWidget *widget)
{
    // The groove is part of what scrolls: a form on the window has no white stripe beside it.
    const QWidget *area = widget && widget->parentWidget() ? widget->parentWidget()->parentWidget()
                                                           : nullptr;
    const bool onWindow = qobject_cast<const QScrollArea *>(area) != nullptr;
    painter.fillRect(option.rect, theme.color(onWindow ? Token::Window : Token::Surface));
    if (option.maximum <= option.minimum)
        return;
    const bool hot = isOn(option, QStyle::State_MouseOver) || isOn(option, QStyle::State_Sunken);
    QRectF thumb = style.subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider,
                                        widget);
    const qreal inset = hot ? 2 : 3;
    if (option.orientation == Qt::Vertical)
        thumb.adjust(inset, 1, -inset, -1);
    else
        thumb.adjust(1, inset, -1, -inset);
    paintPanel(painter, thumb, 4, theme.color(hot ? Token::Muted : Token::BorderControl));
}

QRect scrollBarPart(const QStyleOptionSlider &option, QStyle::SubControl part)
{
    constexpr int shortestThumb = 28;
    const bool vertical = option.orientation == Qt::Vertical;
    const int length = vertical ? option.rect.height() : option.rect.width();
    const int thickness = vertical ? option.rect.width() : option.rect.height();
    const qint64 range = qint64(option.maximum) - option.minimum;
    int thumb = length;
    if (range > 0)
        thumb = int(std::clamp<qint64>(qint64(option.pageStep) * length / (range + option.pageStep),
                                       std::min(shortestThumb, length), length));
    const int start = QStyle::sliderPositionFromValue(option.minimum, option.maximum,
                                                      option.sliderPosition, length - thumb,
                                                      option.upsideDown);
    const auto span = [&](int from, int size) {
        const QPoint origin = option.rect.topLeft();
        return vertical ? QRect(origin.x(), origin.y() + from, thickness, size)
                        : QRect(origin.x() + from, origin.y(), size, thickness);
    };
    switch (part) {
    case QStyle::SC_ScrollBarGroove:
        return option.rect;
    case QStyle::SC_ScrollBarSlider:
        return span(start, thumb);
    case QStyle::SC_ScrollBarSubPage:
        return span(0, start);
    case QStyle::SC_ScrollBarAddPage:
        return span(start + thumb, length - start - thumb);
    default:
        return {};
    }
}

} // namespace keydesk
