#include "ui/widgets/badge_label.h"

#include "ui/widgets/badges.h"

#include <QEvent>
#include <QPainter>

namespace keydesk {

BadgeLabel::BadgeLabel(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void BadgeLabel::setBadges(const QList<Badge> &badges)
{
    m_badges = badges;
    QStringList words;
    for (const Badge &badge : badges)
        words += badge.text;
    setAccessibleName(words.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QSize BadgeLabel::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    QSize size(0, theme.scaled(20));
    for (const Badge &badge : m_badges) {
        const QSize one = badgeSize(theme, badge);
        size = QSize(size.width() + one.width() + 4, std::max(size.height(), one.height()));
    }
    return size;
}

void BadgeLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBadges(painter, Theme::of(this), rect(), m_badges);
}

void BadgeLabel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        updateGeometry();
}

} // namespace keydesk
