#pragma once

#include <QList>
#include <QWidget>

class QAction;
class QVBoxLayout;

namespace keydesk {

class NavButton;

// One destination of the rail.
struct NavItem
{
    QString id;
    QString text;
    QString icon;
    QString shortcut; ///< shown, not installed: "Alt+3"
    bool atBottom = false; ///< administration and the like, below the gap
};

// The navigation at the left edge: one Tab stop, arrows move inside it, Enter or click goes there.
// It names pages by id and knows none of them.
class NavRail final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int expandedWidth = 168;
    static constexpr int collapsedWidth = 48;
    /// Below this window width, at 100 % text size, the rail shows icons only whatever the user
    /// chose.
    static constexpr int autoCollapseBelow = 1180;

    explicit NavRail(QWidget *parent = nullptr);

    /// Replaces all items; keeps the current one and the counts. Call again when the language
    /// changes.
    void setItems(const QList<NavItem> &items);
    /// An act above the destinations: search. It follows the action's words, icon and key.
    void setCommand(QAction *action);
    void setCurrent(const QString &id);
    QString current() const { return m_current; }
    /// The number beside an item (0 hides it); `urgent` gives it the danger fill and a sign.
    void setCount(const QString &id, int count, bool urgent = false);
    void setCollapsed(bool collapsed);
    bool isCollapsed() const { return m_collapsed; }
    void toggleCollapsed() { setCollapsed(!m_wantsCollapsed); }
    /// Tell the rail its window's width, so that it collapses by itself in small ones.
    void followWindowWidth(int width);
    QStringList ids() const;

Q_SIGNALS:
    void activated(const QString &id);
    void collapsedChanged(bool collapsed);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void go(NavButton *button);
    void applyWidth();
    void fill();
    void followCommand();
    NavButton *find(const QString &id) const;
    void moveFocus(int step);

    QVBoxLayout *m_layout;
    QAction *m_action = nullptr;
    NavButton *m_command = nullptr;
    QList<NavButton *> m_buttons;
    QList<NavItem> m_items;
    QString m_current;
    bool m_collapsed = false;
    bool m_wantsCollapsed = false;
    int m_windowWidth = autoCollapseBelow;
};

} // namespace keydesk
