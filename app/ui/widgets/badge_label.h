#pragma once

#include "models/roles.h"

#include <QWidget>

namespace keydesk {

// Badges outside a list: the levels of a customer beside its name. It says; it cannot be pressed.
class BadgeLabel final : public QWidget
{
    Q_OBJECT

public:
    explicit BadgeLabel(QWidget *parent = nullptr);

    void setBadges(const QList<Badge> &badges);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QList<Badge> m_badges;
};

} // namespace keydesk
