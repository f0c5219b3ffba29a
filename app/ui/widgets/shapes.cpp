#include "ui/widgets/shapes.h"

#include <QPainter>
#include <QPainterPathStroker>

namespace keydesk {

namespace {

QPointF at(const QRectF &box, qreal x, qreal y)
{
    return {box.left() + box.width() * x, box.top() + box.height() * y};
}

QPainterPath polyline(std::initializer_list<QPointF> points)
{
    QPainterPath path(*points.begin());
    for (auto point = points.begin() + 1; point != points.end(); ++point)
        path.lineTo(*point);
    return path;
}

QPainterPath outlined(const QPainterPath &path, qreal width)
{
    QPainterPathStroker stroker;
    stroker.setWidth(width);
    stroker.setCapStyle(Qt::RoundCap);
    stroker.setJoinStyle(Qt::RoundJoin);
    return stroker.createStroke(path);
}

// Two arrows chasing each other: what is queued is on its way round.
QPainterPath pendingGlyph(const QRectF &box)
{
    const qreal thickness = box.width() * 0.14;
    const QRectF circle = box.adjusted(box.width() * 0.14, box.height() * 0.14, -box.width() * 0.14,
                                       -box.height() * 0.14);
    QPainterPath arcs;
    arcs.arcMoveTo(circle, 160);
    arcs.arcTo(circle, 160, -125);
    arcs.arcMoveTo(circle, -20);
    arcs.arcTo(circle, -20, -125);
    QPainterPath path = outlined(arcs, thickness);
    QPainterPath heads;
    heads.addPolygon(QPolygonF{at(box, 0.98, 0.12), at(box, 0.98, 0.46), at(box, 0.64, 0.46)});
    heads.closeSubpath();
    heads.addPolygon(QPolygonF{at(box, 0.02, 0.88), at(box, 0.02, 0.54), at(box, 0.36, 0.54)});
    heads.closeSubpath();
    return path.united(heads);
}

QPainterPath warnGlyph(const QRectF &box)
{
    QPainterPath triangle = polyline({at(box, 0.5, 0.1), at(box, 0.95, 0.88), at(box, 0.05, 0.88)});
    triangle.closeSubpath();
    return triangle.united(outlined(triangle, box.width() * 0.1));
}

} // namespace

QPainterPath badgeGlyph(BadgeKind kind, const QRectF &box)
{
    const qreal thickness = box.width() * 0.19;
    switch (kind) {
    case BadgeKind::Neutral:
        return outlined(polyline({at(box, 0.22, 0.5), at(box, 0.78, 0.5)}), thickness);
    case BadgeKind::Info: {
        QPainterPath dot;
        dot.addEllipse(box.adjusted(box.width() * 0.2, box.height() * 0.2, -box.width() * 0.2,
                                    -box.height() * 0.2));
        return dot;
    }
    case BadgeKind::Ok:
        return outlined(tickPath(box), thickness);
    case BadgeKind::Warn:
        return warnGlyph(box);
    case BadgeKind::Danger:
        return outlined(crossPath(box), thickness);
    case BadgeKind::Pending:
        return pendingGlyph(box);
    }
    return {};
}

QPainterPath chevronPath(const QRectF &box, Qt::ArrowType direction)
{
    switch (direction) {
    case Qt::UpArrow:
        return polyline({at(box, 0.2, 0.65), at(box, 0.5, 0.35), at(box, 0.8, 0.65)});
    case Qt::LeftArrow:
        return polyline({at(box, 0.65, 0.2), at(box, 0.35, 0.5), at(box, 0.65, 0.8)});
    case Qt::RightArrow:
        return polyline({at(box, 0.35, 0.2), at(box, 0.65, 0.5), at(box, 0.35, 0.8)});
    case Qt::DownArrow:
    case Qt::NoArrow:
        break;
    }
    return polyline({at(box, 0.2, 0.35), at(box, 0.5, 0.65), at(box, 0.8, 0.35)});
}

QPainterPath tickPath(const QRectF &box)
{
    return polyline({at(box, 0.14, 0.54), at(box, 0.4, 0.79), at(box, 0.88, 0.24)});
}

QPainterPath crossPath(const QRectF &box)
{
    QPainterPath path = polyline({at(box, 0.2, 0.2), at(box, 0.8, 0.8)});
    path.addPath(polyline({at(box, 0.8, 0.2), at(box, 0.2, 0.8)}));
    return path;
}

QPainterPath dashPath(const QRectF &box)
{
    return polyline({at(box, 0.2, 0.5), at(box, 0.8, 0.5)});
}

void strokePath(QPainter &painter, const QPainterPath &path, const QColor &color, qreal width)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    painter.restore();
}

void paintPanel(QPainter &painter, const QRectF &rect, qreal radius, const QColor &fill,
                const QColor &outline, qreal outlineWidth)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    if (outline.isValid()) {
        const qreal inset = outlineWidth / 2.0;
        painter.setPen(QPen(outline, outlineWidth));
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    } else {
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(rect, radius, radius);
    }
    painter.restore();
}

} // namespace keydesk
