#include "ui/widgets/nav_button.h"

#include "ui/widgets/icon_engine.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace keydesk {

NavButton::NavButton(const NavItem &item, QWidget *parent)
    : QAbstractButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    setItem(item);
}

void NavButton::setItem(const NavItem &item)
{
    m_item = item;
    setText(item.text);
    setObjectName(u"nav."_s + item.id);
    updateName();
    update();
}

void NavButton::setCount(int count, bool urgent)
{
    m_count = count;
    m_urgent = urgent;
    updateName();
    update();
}

void NavButton::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    updateName();
    updateGeometry();
    update();
}

void NavButton::updateName()
{
    setAccessibleName(
        m_count > 0
            ? tr("%1, %n waiting", "entry of the rail with its count", m_count).arg(m_item.text)
            : m_item.text);
    const QString tip = m_item.shortcut.isEmpty()
        ? m_item.text
        : tr("%1 (%2)", "name and key").arg(m_item.text, m_item.shortcut);
    setToolTip(m_collapsed ? tip : QString());
}

QSize NavButton::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    const int height = std::max(36, theme.controlHeight() + 4);
    if (m_collapsed)
        return {NavRail::collapsedWidth, height};
    const int words = QFontMetrics(theme.font(TextRole::Body, true)).horizontalAdvance(m_item.text);
    const int key = QFontMetrics(theme.font(TextRole::Caption)).horizontalAdvance(u"000"_s);
    return {std::max(int(NavRail::expandedWidth),
                     16 + theme.scaled(18) + 10 + words + 16 + key + 16),
            height};
}

void NavButton::paintCount(QPainter &painter, const QRect &inner) const
{
    const Theme &theme = Theme::of(this);
    const QString text = m_count > 99 ? u"99+"_s : QString::number(m_count);
    painter.setFont(theme.font(TextRole::Caption, true));
    const int width = std::max(theme.scaled(18),
                               QFontMetrics(painter.font()).horizontalAdvance(text) + 10);
    const int height = theme.scaled(18);
    const QRect pill(inner.right() - width + 1, inner.center().y() - height / 2, width, height);
    const QColor fill = theme.color(m_urgent ? Token::FillDanger : Token::RailActive);
    paintPanel(painter, pill, height / 2.0,
               isChecked() && !m_urgent ? theme.color(Token::Rail) : fill);
    painter.setPen(theme.color(Token::OnFill));
    painter.drawText(pill, Qt::AlignCenter, text);
}

void NavButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(this);
    const QRect body = rect().adjusted(6, 1, -6, -1);
    const bool lit = isChecked() || underMouse();
    if (lit) {
        QColor fill = theme.color(Token::RailActive);
        if (!isChecked())
            fill.setAlphaF(0.55f);
        paintPanel(painter, body, Theme::cardRadius, fill);
    }
    const QColor ink = theme.color(isChecked() ? Token::OnFill : Token::RailText);
    if (isChecked())
        paintPanel(painter, QRect(body.left(), body.top() + 8, 3, body.height() - 16), 1.5,
                   theme.color(Token::OnFill));
    const int side = theme.scaled(18);
    const int iconLeft = m_collapsed ? (width() - side) / 2 : body.left() + 12;
    paintIcon(painter, m_item.icon, QRect(iconLeft, (height() - side) / 2, side, side), ink);
    if (hasFocus())
        // The rail is dark in both modes, and so is its focus ring's colour.
        paintPanel(painter, body, Theme::cardRadius, {}, tokenColor(Token::Link, ThemeMode::Dark),
                   Theme::focusRing);
    if (m_collapsed) {
        if (m_count > 0)
            paintPanel(painter, QRect(iconLeft + side - 4, body.top() + 5, 8, 8), 4,
                       theme.color(m_urgent ? Token::FillDanger : Token::OnFill),
                       theme.color(Token::Rail), 1);
        return;
    }
    QRect inner = body.adjusted(12 + side + 10, 0, -8, 0);
    if (m_count > 0) {
        paintCount(painter, inner);
        inner.setRight(inner.right() - theme.scaled(26));
    } else if (!m_item.shortcut.isEmpty() && (underMouse() || hasFocus())) {
        painter.setFont(theme.font(TextRole::Caption));
        painter.setPen(theme.color(Token::RailText));
        painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter, m_item.shortcut);
    }
    painter.setFont(theme.font(TextRole::Body, isChecked()));
    painter.setPen(ink);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(painter.font())
                         .elidedText(m_item.text, Qt::ElideRight, inner.width()));
}

void NavButton::keyPressEvent(QKeyEvent *event)
{
    // A button would spend the arrows on Tab order; the rail knows better where they lead.
    if (event->key() == Qt::Key_Space || event->key() == Qt::Key_Select)
        QAbstractButton::keyPressEvent(event);
    else
        event->ignore();
}

bool NavButton::event(QEvent *event)
{
    if (event->type() == QEvent::StyleChange)
        updateGeometry();
    return QAbstractButton::event(event);
}

} // namespace keydesk
