#include "ui/widgets/live_region.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace keydesk {

namespace {

QAccessibleInterface *liveRegionInterface(const QString &, QObject *object)
{
    auto *region = qobject_cast<LiveRegion *>(object);
    return region ? new QAccessibleWidget(region, QAccessible::Notification) : nullptr;
}

} // namespace

LiveRegion::LiveRegion(QWidget *parent)
    : QWidget(parent)
{
    QAccessible::installFactory(liveRegionInterface); // ignored when it is there already
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    setFixedSize(1, 1);
}

void LiveRegion::announce(const QString &sentence)
{
    setAccessibleName(sentence);
    QAccessibleEvent event(this, QAccessible::ObjectShow);
    QAccessible::updateAccessibility(&event);
}

} // namespace keydesk
