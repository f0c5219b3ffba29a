#include "ui/widgets/record_delegate.h"

#include "ui/widgets/badges.h"
#include "ui/widgets/clock_ticker.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/sparkline.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr int cellPadding = 8;

void paintProgress(QPainter &painter, const Theme &theme, const QRect &area, int percent)
{
    const QString text = u"%1%"_s.arg(percent);
    const int textWidth = QFontMetrics(theme.font()).horizontalAdvance(u"100%"_s);
    QRectF groove(area.left(), 0, std::max(24, area.width() - textWidth - 8), 6);
    groove.moveTop(QRectF(area).center().y() - 3);
    paintPanel(painter, groove, 3, theme.color(Token::NeutralBg));
    if (percent > 0) {
        QRectF filled = groove;
        filled.setWidth(groove.width() * std::clamp(percent, 0, 100) / 100.0);
        paintPanel(painter, filled, 3, theme.color(Token::Series1));
    }
    painter.save();
    painter.setFont(theme.font());
    painter.setPen(theme.color(Token::Text));
    painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, text);
    painter.restore();
}

} // namespace

RecordDelegate::RecordDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{
}

qint64 RecordDelegate::nowMs() const
{
    return m_ticker ? m_ticker->nowMs() : 0;
}

QString RecordDelegate::clockText(const QModelIndex &index, qint64 nowMs)
{
    const QVariant value = index.data(ClockRole);
    return value.isValid() ? clockFace(value.value<ClockValue>(), nowMs).text : QString();
}

void RecordDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const Theme &theme = Theme::of(option->widget);
    option->state.setFlag(QStyle::State_HasFocus, false);
    option->state.setFlag(QStyle::State_MouseOver, index.row() == m_hoveredRow);
    if (const QString name = index.data(IconRole).toString(); !name.isEmpty()) {
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->icon = icon(name);
        option->decorationSize = QSize(theme.iconSize(), theme.iconSize());
    }
    if (index.data(MutedRole).toBool()) {
        option->palette.setColor(QPalette::Text, theme.color(Token::Muted));
        option->palette.setColor(QPalette::HighlightedText, theme.color(Token::Muted));
    }
    option->font.setStrikeOut(index.data(StruckRole).toBool());
}

void RecordDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QRect content = cell.rect.adjusted(cellPadding, 0, -cellPadding, 0);
    QStyleOptionViewItem background = cell;
    background.text.clear();
    background.features &= ~QStyleOptionViewItem::HasDisplay;
    const QStyle *style = cell.widget->style();
    const bool special = index.data(BadgeRole).isValid() || index.data(ClockRole).isValid()
        || index.data(SparklineRole).isValid() || index.data(ProgressRole).isValid();
    style->drawControl(QStyle::CE_ItemViewItem, special ? &background : &cell, painter,
                       cell.widget);
    if (special)
        paintSpecial(painter, cell, content, index);
}

bool RecordDelegate::paintSpecial(QPainter *painter, const QStyleOptionViewItem &option,
                                  const QRect &content, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    if (const QVariant clock = index.data(ClockRole); clock.isValid()) {
        const Badge face = clockFace(clock.value<ClockValue>(), nowMs());
        if (!face.text.isEmpty())
            paintBadge(*painter, theme, content, face);
        return true;
    }
    if (const QVariant badges = index.data(BadgeRole); badges.isValid()) {
        paintBadges(*painter, theme, content, badgesOf(badges));
        return true;
    }
    if (const QVariant trend = index.data(SparklineRole); trend.isValid()) {
        const QRectF area = QRectF(content).adjusted(0, 3, 0, -3);
        paintSparkline(*painter, theme, area, trend.value<QList<double>>());
        return true;
    }
    if (const QVariant progress = index.data(ProgressRole); progress.isValid()) {
        paintProgress(*painter, theme, content, progress.toInt());
        return true;
    }
    return false;
}

QSize RecordDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const int height = theme.rowHeight();
    if (const QVariant clock = index.data(ClockRole); clock.isValid())
        return {badgeSize(theme, clockFace(clock.value<ClockValue>(), nowMs())).width()
                    + 2 * cellPadding,
                height};
    if (const QVariant value = index.data(BadgeRole); value.isValid()) {
        int width = 2 * cellPadding;
        const QList<Badge> badges = badgesOf(value);
        for (const Badge &badge : badges)
            width += badgeSize(theme, badge).width() + 4;
        return {width, height};
    }
    if (index.data(SparklineRole).isValid() || index.data(ProgressRole).isValid())
        return {theme.scaled(96), height};
    return {QStyledItemDelegate::sizeHint(option, index).width(), height};
}

bool RecordDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                               const QStyleOptionViewItem &option, const QModelIndex &index)
{
    // Whatever the cell cuts off is readable here.
    const bool ownTip = !index.data(Qt::ToolTipRole).toString().isEmpty();
    if (event->type() == QEvent::ToolTip && index.isValid() && !ownTip) {
        const bool cut = sizeHint(option, index).width() > view->visualRect(index).width();
        const QString text = index.data(Qt::DisplayRole).toString();
        QToolTip::showText(event->globalPos(), cut ? text.toHtmlEscaped() : QString(), view);
        return true;
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

} // namespace keydesk
