#pragma once

#include "ui/widgets/nav_rail.h"

#include <QAbstractButton>

namespace keydesk {

// One entry of the rail. Only the rail makes them.
class NavButton final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit NavButton(const NavItem &item, QWidget *parent = nullptr);

    QString id() const { return m_item.id; }
    void setItem(const NavItem &item);
    void setCount(int count, bool urgent);
    void setCollapsed(bool collapsed);
    QSize sizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    void updateName();
    void paintCount(QPainter &painter, const QRect &inner) const;

    NavItem m_item;
    int m_count = 0;
    bool m_urgent = false;
    bool m_collapsed = false;
};

} // namespace keydesk
