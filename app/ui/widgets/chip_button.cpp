#include "ui/widgets/chip_button.h"

#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr int chipPadding = 10;
constexpr int chipGap = 5;

} // namespace

ChipButton::ChipButton(const FilterChip &chip, QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    setChip(chip);
}

void ChipButton::setChip(const FilterChip &chip)
{
    m_chip = chip;
    setText(words());
    setCheckable(!chip.hasMenu);
    setChecked(chip.on);
    setObjectName(u"chip."_s + chip.id);
    updateName();
    updateGeometry();
    update();
}

QString ChipButton::words() const
{
    return m_chip.count < 0 ? m_chip.text
                            : u"%1 %2"_s.arg(m_chip.text, QString::number(m_chip.count));
}

void ChipButton::updateName()
{
    setAccessibleName(m_chip.on ? tr("Filter %1, on").arg(words())
                                : tr("Filter %1, off").arg(words()));
    setToolTip(m_chip.removable ? tr("Delete removes this filter") : QString());
}

QSize ChipButton::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    const QFontMetrics metrics(theme.font());
    const int mark = theme.scaled(12);
    int width = 2 * chipPadding + metrics.horizontalAdvance(words());
    if (m_chip.on && !m_chip.hasMenu)
        width += mark + chipGap;
    if (m_chip.removable || m_chip.hasMenu)
        width += mark + chipGap;
    return {width, std::max(26, metrics.lineSpacing() + 6)};
}

QRect ChipButton::trailingRect() const
{
    const int mark = Theme::of(this).scaled(12);
    return {width() - chipPadding - mark + 2, (height() - mark) / 2, mark, mark};
}

void ChipButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(this);
    const Token fill = m_chip.on ? Token::Selected : underMouse() ? Token::Hover : Token::Surface;
    const QColor outline = hasFocus() || m_chip.on ? theme.color(Token::Link)
                                                   : theme.color(Token::BorderControl);
    paintPanel(painter, rect(), height() / 2.0, theme.color(fill), outline,
               hasFocus() ? Theme::focusRing : 1);
    const QColor ink = theme.color(Token::Text);
    const int mark = theme.scaled(12);
    int left = chipPadding;
    if (m_chip.on && !m_chip.hasMenu) {
        strokePath(painter, tickPath(QRectF(left, (height() - mark) / 2.0, mark, mark)), ink, 1.6);
        left += mark + chipGap;
    }
    painter.setFont(theme.font());
    painter.setPen(ink);
    painter.drawText(QRect(left, 0, width() - left, height()), Qt::AlignVCenter | Qt::AlignLeft,
                     words());
    const QRectF trailing = trailingRect();
    if (m_chip.removable)
        strokePath(painter, crossPath(trailing), theme.color(Token::Text2), 1.6);
    else if (m_chip.hasMenu)
        strokePath(painter, chevronPath(trailing, Qt::DownArrow), theme.color(Token::Text2), 1.6);
}

void ChipButton::mouseReleaseEvent(QMouseEvent *event)
{
    const bool onCross = m_chip.removable && event->position().x() >= trailingRect().left() - 4
        && rect().contains(event->position().toPoint());
    if (!onCross)
        return QAbstractButton::mouseReleaseEvent(event);
    setDown(false);
    Q_EMIT removeRequested();
}

void ChipButton::keyPressEvent(QKeyEvent *event)
{
    const bool removes = event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace;
    if (removes && m_chip.removable)
        Q_EMIT removeRequested();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void ChipButton::changeEvent(QEvent *event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        updateName();
    else if (event->type() == QEvent::StyleChange)
        updateGeometry();
}

} // namespace keydesk
