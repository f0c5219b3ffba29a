#include "ui/widgets/nav_rail.h"

#include "ui/widgets/nav_button.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

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
    for (const NavItem &item : items) {
        auto *button = new NavButton(item, this);
        m_buttons += button;
        connect(button, &QAbstractButton::clicked, this, [this, button] { go(button); });
    }
    m_items = items;
    fill();
    setCurrent(m_current);
    applyWidth();
}

void NavRail::fill()
{
    while (QLayoutItem *old = m_layout->takeAt(0))
        delete old;
    if (m_command) {
        m_layout->addWidget(m_command);
        m_layout->addSpacing(6);
    }
    bool bottom = false;
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        if (m_items[i].atBottom && !bottom)
            m_layout->addStretch();
        bottom = bottom || m_items[i].atBottom;
        m_layout->addWidget(m_buttons[i]);
    }
    if (!bottom)
        m_layout->addStretch();
}

void NavRail::setCommand(QAction *action)
{
    m_action = action;
    m_command = new NavButton({}, this);
    m_command->setCheckable(false);
    connect(m_command, &QAbstractButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, this, &NavRail::followCommand);
    followCommand();
    fill();
    applyWidth();
}

void NavRail::followCommand()
{
    m_command->setItem({m_action->objectName(), m_action->text(), u"search"_s,
                        m_action->shortcut().toString(QKeySequence::NativeText), false});
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
    QList<NavButton *> all = m_buttons;
    if (m_command)
        all.prepend(m_command);
    for (NavButton *button : std::as_const(all)) {
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
