#include "ui/widgets/badges.h"

#include "ui/widgets/shapes.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr qint64 minuteMs = 60'000;
constexpr qint64 hourMs = 60 * minuteMs;
constexpr qint64 dayMs = 24 * hourMs;

constexpr int badgePadding = 6;
constexpr int badgeGap = 4;

int glyphSide(const Theme &theme)
{
    return theme.scaled(12);
}

BadgeKind urgency(qint64 left, qint64 total)
{
    if (left < 0)
        return BadgeKind::Danger;
    const qint64 allowed = total > 0 ? total : hourMs;
    if (left * 5 <= allowed)
        return BadgeKind::Warn;
    return left * 2 <= allowed ? BadgeKind::Info : BadgeKind::Neutral;
}

} // namespace

QString durationText(qint64 ms)
{
    const auto two = [](qint64 number) { return u"%1"_s.arg(number, 2, 10, QChar(u'0')); };
    if (ms >= dayMs)
        return QCoreApplication::translate("keydesk::Clock", "%1 d %2 h", "days and hours")
            .arg(ms / dayMs)
            .arg(ms % dayMs / hourMs);
    const QString hours = QString::number(ms / hourMs);
    const QString minutes = two(ms % hourMs / minuteMs);
    if (ms >= 10 * minuteMs)
        return hours + u':' + minutes;
    return hours + u':' + minutes + u':' + two(ms % minuteMs / 1000);
}

Badge clockFace(const ClockValue &clock, qint64 nowMs)
{
    if (!clock.pausedText.isEmpty())
        return {BadgeKind::Neutral, clock.pausedText};
    if (clock.dueMs == 0)
        return {};
    const qint64 left = clock.dueMs - nowMs;
    const QString length = durationText(std::abs(left));
    const QString text = left >= 0
        ? QCoreApplication::translate("keydesk::Clock", "%1 left", "time until a deadline")
              .arg(length)
        : QCoreApplication::translate("keydesk::Clock", "%1 over", "time since a deadline")
              .arg(length);
    return {urgency(left, clock.totalMs), text};
}

QList<Badge> badgesOf(const QVariant &value)
{
    if (value.canConvert<QList<Badge>>())
        return value.value<QList<Badge>>();
    if (value.canConvert<Badge>())
        return {value.value<Badge>()};
    return {};
}

Token badgeForeground(BadgeKind kind)
{
    switch (kind) {
    case BadgeKind::Ok:
        return Token::OkFg;
    case BadgeKind::Warn:
        return Token::WarnFg;
    case BadgeKind::Danger:
        return Token::DangerFg;
    case BadgeKind::Info:
        return Token::InfoFg;
    case BadgeKind::Pending:
        return Token::PendingFg;
    case BadgeKind::Neutral:
        break;
    }
    return Token::NeutralFg;
}

Token badgeBackground(BadgeKind kind)
{
    switch (kind) {
    case BadgeKind::Ok:
        return Token::OkBg;
    case BadgeKind::Warn:
        return Token::WarnBg;
    case BadgeKind::Danger:
        return Token::DangerBg;
    case BadgeKind::Info:
        return Token::InfoBg;
    case BadgeKind::Pending:
        return Token::PendingBg;
    case BadgeKind::Neutral:
        break;
    }
    return Token::NeutralBg;
}

QPixmap badgeSign(const Theme &theme, BadgeKind kind, int side, qreal ratio)
{
    QPixmap sign(QSize(side, side) * ratio);
    sign.setDevicePixelRatio(ratio);
    sign.fill(Qt::transparent);
    QPainter painter(&sign);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(badgeGlyph(kind, QRectF(0, 0, side, side)),
                     theme.color(badgeForeground(kind)));
    return sign;
}

QSize badgeSize(const Theme &theme, const Badge &badge)
{
    const QFontMetrics metrics(theme.font(TextRole::Caption));
    const int width = badgePadding * 2 + glyphSide(theme) + badgeGap
        + metrics.horizontalAdvance(badge.text);
    return {width, std::max(theme.scaled(20), metrics.height() + 2)};
}

QRect paintBadge(QPainter &painter, const Theme &theme, const QRect &area, const Badge &badge)
{
    const QSize wanted = badgeSize(theme, badge);
    const int height = std::min(wanted.height(), area.height());
    const QRect box(area.left(), area.top() + (area.height() - height) / 2,
                    std::min(wanted.width(), area.width()), height);
    const QColor ink = theme.color(badgeForeground(badge.kind));
    paintPanel(painter, box, Theme::controlRadius, theme.color(badgeBackground(badge.kind)));

    const int side = glyphSide(theme);
    const QRectF glyph(box.left() + badgePadding, box.top() + (box.height() - side) / 2.0, side,
                       side);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(badgeGlyph(badge.kind, glyph), ink);
    painter.setFont(theme.font(TextRole::Caption));
    painter.setPen(ink);
    const QRect words = box.adjusted(badgePadding + side + badgeGap, 0, -badgePadding, 0);
    const QFontMetrics metrics(painter.font());
    // One pixel of tolerance: advances are rounded, and a badge as wide as its hint must not elide.
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip,
                     metrics.elidedText(badge.text, Qt::ElideRight, words.width() + 1));
    painter.restore();
    return box;
}

void paintBadges(QPainter &painter, const Theme &theme, const QRect &area,
                 const QList<Badge> &badges)
{
    QRect rest = area;
    for (qsizetype i = 0; i < badges.size(); ++i) {
        const bool fits = i == 0 || badgeSize(theme, badges[i]).width() <= rest.width();
        if (!fits) {
            painter.save();
            painter.setFont(theme.font(TextRole::Caption));
            painter.setPen(theme.color(Token::Text2));
            painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft,
                             u"+%1"_s.arg(badges.size() - i));
            painter.restore();
            return;
        }
        rest.setLeft(paintBadge(painter, theme, rest, badges[i]).right() + 1 + badgeGap);
    }
}

} // namespace keydesk
