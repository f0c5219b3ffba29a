#pragma once

#include "models/roles.h"

#include <QColor>
#include <QPainterPath>
#include <QRectF>

class QPainter;

namespace keydesk {

// The few shapes that style and delegates paint themselves: paths, not font glyphs, because a
// glyph's size depends on which fallback font happens to have it.

/// The sign of a badge kind inside `box`, to be filled.
QPainterPath badgeGlyph(BadgeKind kind, const QRectF &box);
/// A chevron, tick, cross or dash inside `box`, to be stroked.
QPainterPath chevronPath(const QRectF &box, Qt::ArrowType direction);
QPainterPath tickPath(const QRectF &box);
QPainterPath crossPath(const QRectF &box);
QPainterPath dashPath(const QRectF &box);

/// Strokes `path` with round caps and joins.
void strokePath(QPainter &painter, const QPainterPath &path, const QColor &color, qreal width);
/// Fills a rounded rectangle and draws its outline inside `rect`; an invalid colour draws nothing.
void paintPanel(QPainter &painter, const QRectF &rect, qreal radius, const QColor &fill,
                const QColor &outline = {}, qreal outlineWidth = 1.0);

} // namespace keydesk
