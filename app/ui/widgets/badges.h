#pragma once

#include "models/roles.h"
#include "ui/widgets/theme.h"

#include <QPixmap>
#include <QRect>

class QPainter;
class QVariant;

namespace keydesk {

/// The badge that a deadline shows at `nowMs`: more than half of the time left is neutral, then
/// info, below a fifth warn, over danger; a stopped clock says so. Without a deadline the text is
/// empty.
Badge clockFace(const ClockValue &clock, qint64 nowMs);
/// A length of time for a clock: "1:40" (h:mm), "0:09:41" below ten minutes, "3 d 4 h" from one
/// day.
QString durationText(qint64 ms);

/// The badges of a cell: BadgeRole's value may be one Badge or a list.
QList<Badge> badgesOf(const QVariant &value);

Token badgeForeground(BadgeKind kind);
Token badgeBackground(BadgeKind kind);

/// The sign of a kind alone, `side` logical pixels wide.
QPixmap badgeSign(const Theme &theme, BadgeKind kind, int side, qreal ratio);

/// Size of a badge in `theme`'s caption font.
QSize badgeSize(const Theme &theme, const Badge &badge);
/// Draws tint, glyph and word at the left of `area`, centred in its height, cut to its width.
/// Returns the rectangle used.
QRect paintBadge(QPainter &painter, const Theme &theme, const QRect &area, const Badge &badge);
/// Draws as many badges as fit and "+n" for the rest.
void paintBadges(QPainter &painter, const Theme &theme, const QRect &area,
                 const QList<Badge> &badges);

} // namespace keydesk
