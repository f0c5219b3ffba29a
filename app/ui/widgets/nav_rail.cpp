#include "ui/widgets/nav_rail.h"

#include "ui/widgets/nav_button.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

namespace keydesk {

NavRail::NavRail(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 8, 0, 8);
    m_layout->setSpacing(2);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setAccessibleName(tr("Navigation"));
    applyWidth();
}

void NavRail::setItems(const QList<NavItem> &items)
{
    QStringList wanted;
    for (const NavItem &item : items)
        wanted += item.id;
    if (wanted == ids()) {
        for (qsizetype i = 0; i < items.size(); ++i)
            m_buttons[i]->setItem(items[i]);
        applyWidth();
        return;
    }
    qDeleteAll(m_buttons);
    m_buttons.clear();
    while (QLayoutItem *spring = m_layout->takeAt(0))
        delete spring;
    bool bottom = false;
    for (const NavItem &item : items) {
        if (item.atBottom && !bottom)
            m_layout->addStretch();
        bottom = bottom || item.atBottom;
        auto *button = new NavButton(item, this);
        m_layout->addWidget(button);
        m_buttons += button;
        connect(button, &QAbstractButton::clicked, this, [this, button] { go(button); });
    }
    if (!bottom)
        m_layout->addStretch();
    setCurrent(m_current);
    applyWidth();
}

NavButton *NavRail::find(const QString &id) const
{
    for (NavButton *button : m_buttons) {
        if (button->id() == id)
            return button;
    }
    return nullptr;
}

QStringList NavRail::ids() const
{
    QStringList result;
    for (const NavButton *button : m_buttons)
        result += button->id();
    return result;
}

void NavRail::setCurrent(const QString &id)
{
    m_current = id;
    NavButton *chosen = find(id);
    for (NavButton *button : std::as_const(m_buttons)) {
        button->setChecked(button == chosen);
        // One Tab stop for the whole rail: where the user is.
        const bool stop = chosen ? button == chosen : button == m_buttons.first();
        button->setFocusPolicy(stop ? Qt::TabFocus : Qt::NoFocus);
    }
}

void NavRail::go(NavButton *button)
{
    const bool moved = button->id() != m_current;
    setCurrent(button->id());
    if (moved)
        Q_EMIT activated(m_current);
}

void NavRail::setCount(const QString &id, int count, bool urgent)
{
    if (NavButton *button = find(id))
        button->setCount(count, urgent);
}

void NavRail::setCollapsed(bool collapsed)
{
    m_wantsCollapsed = collapsed;
    applyWidth();
}

void NavRail::followWindowWidth(int width)
{
    m_windowWidth = width;
    applyWidth();
}

void NavRail::applyWidth()
{
    const bool windowIsSmall = m_windowWidth < Theme::of(this).scaled(autoCollapseBelow);
    const bool collapsed = m_wantsCollapsed || windowIsSmall;
    int width = collapsed ? collapsedWidth : expandedWidth;
    for (NavButton *button : std::as_const(m_buttons)) {
        button->setCollapsed(collapsed);
        width = std::max(width, button->sizeHint().width());
    }
    setFixedWidth(width);
    if (collapsed != m_collapsed) {
        m_collapsed = collapsed;
        Q_EMIT collapsedChanged(collapsed);
    }
}

void NavRail::moveFocus(int step)
{
    int at = -1;
    for (qsizetype i = 0; i < m_buttons.size(); ++i) {
        if (m_buttons[i]->hasFocus())
            at = int(i);
    }
    const int next = std::clamp(at + step, 0, int(m_buttons.size()) - 1);
    m_buttons[next]->setFocus(Qt::TabFocusReason);
}

void NavRail::keyPressEvent(QKeyEvent *event)
{
    if (m_buttons.isEmpty())
        return QWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Up:
        return moveFocus(-1);
    case Qt::Key_Down:
        return moveFocus(1);
    case Qt::Key_Home:
        return moveFocus(-int(m_buttons.size()));
    case Qt::Key_End:
        return moveFocus(int(m_buttons.size()));
    case Qt::Key_Return:
    case Qt::Key_Enter:
        for (NavButton *button : std::as_const(m_buttons)) {
            if (button->hasFocus())
                return go(button);
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void NavRail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::of(this).color(Token::Rail));
}

void NavRail::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyWidth();
    else if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("Navigation"));
}

} // namespace keydesk
