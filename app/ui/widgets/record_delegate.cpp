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
    option->state.setFlag(QStyle::State_HasFocus, false);
    option->state.setFlag(QStyle::State_MouseOver, index.row() == m_hoveredRow);
    option->font.setStrikeOut(index.data(StruckRole).toBool());
}

void RecordDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QStyle *style = cell.widget->style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &cell, painter, cell.widget);
    const QRect content = cell.rect.adjusted(cellPadding, 0, -cellPadding, 0);
    if (!paintSpecial(painter, cell, content, index))
        paintText(*painter, cell, content, index);
}

void RecordDelegate::paintText(QPainter &painter, const QStyleOptionViewItem &option, QRect content,
                               const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    if (const QString name = index.data(IconRole).toString(); !name.isEmpty()) {
        const int side = theme.iconSize();
        paintIcon(painter, name,
                  QRect(content.left(), content.center().y() - side / 2 + 1, side, side),
                  theme.color(Token::Text2));
        content.setLeft(content.left() + side + 6);
    }
    painter.save();
    painter.setFont(option.font);
    painter.setPen(theme.color(index.data(MutedRole).toBool() ? Token::Muted : Token::Text));
    painter.drawText(content, int(option.displayAlignment) | Qt::TextSingleLine,
                     QFontMetrics(option.font)
                         .elidedText(option.text, Qt::ElideRight, content.width()));
    painter.restore();
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
    const int sign = index.data(IconRole).toString().isEmpty() ? 0 : theme.iconSize() + 6;
    const QString text = index.data(Qt::DisplayRole).toString();
    return {QFontMetrics(theme.font()).horizontalAdvance(text) + sign + 2 * cellPadding, height};
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
