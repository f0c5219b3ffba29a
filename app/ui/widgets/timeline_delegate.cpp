#include "ui/widgets/timeline_delegate.h"

#include "base/date_text.h"

#include "ui/widgets/badges.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/shapes.h"

#include <QAbstractItemView>
#include <QDateTime>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr int entryPadding = 8;
constexpr int mostSummaryLines = 3;

QDateTime entryTime(const QModelIndex &index)
{
    return QDateTime::fromMSecsSinceEpoch(index.data(InstantRole).toLongLong(), businessZone());
}

bool opensDay(const QModelIndex &index)
{
    return index.row() == 0
        || entryTime(index.siblingAtRow(index.row() - 1)).date() != entryTime(index).date();
}

int dayHeight(const Theme &theme)
{
    return QFontMetrics(theme.font(TextRole::Caption, true)).lineSpacing() + 10;
}

// Left edge of the icon column and of the words.
int railLeft(const Theme &theme)
{
    return entryPadding + QFontMetrics(theme.font(TextRole::Caption)).horizontalAdvance(u"00:00"_s)
        + 10;
}

int wordsLeft(const Theme &theme)
{
    return railLeft(theme) + theme.scaled(28) + 10;
}

QRect summaryRect(const Theme &theme, int width, const QString &text)
{
    const QFontMetrics metrics(theme.font());
    const QRect all = metrics.boundingRect(QRect(0, 0, width, 10'000), Qt::TextWordWrap, text);
    return {0, 0, width, std::min(all.height(), mostSummaryLines * metrics.lineSpacing())};
}

} // namespace

QSize TimelineDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int width = (view ? view->viewport()->width() : 400) - wordsLeft(theme) - entryPadding;
    const QString summary = index.data(SecondaryRole).toString();
    int height = std::max(theme.scaled(28), QFontMetrics(theme.font()).lineSpacing() + 6)
        + 2 * entryPadding;
    if (!summary.isEmpty())
        height += summaryRect(theme, width, summary).height() + 2;
    return {200, height + (opensDay(index) ? dayHeight(theme) : 0)};
}

void TimelineDelegate::paintDay(QPainter &painter, const Theme &theme, const QRect &area,
                                const QModelIndex &index) const
{
    const QDate date = entryTime(index).date();
    const QString words = tr("%1 %2", "date and weekday")
                              .arg(date.toString(Qt::ISODate),
                                   QLocale().standaloneDayName(date.dayOfWeek(),
                                                               QLocale::ShortFormat));
    painter.fillRect(area, theme.color(Token::Alt));
    painter.setFont(theme.font(TextRole::Caption, true));
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(area.adjusted(entryPadding, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, words);
}

void TimelineDelegate::paintRail(QPainter &painter, const Theme &theme, const QRect &row,
                                 const QModelIndex &index) const
{
    const int side = theme.scaled(28);
    const QRect dot(railLeft(theme), row.top() + entryPadding, side, side);
    const int x = dot.center().x();
    painter.fillRect(QRect(x, row.top(), 1, row.height()), theme.color(Token::BorderSubtle));
    paintPanel(painter, dot, side / 2.0, theme.color(Token::NeutralBg));
    const int iconSide = theme.scaled(15);
    QRect sign(0, 0, iconSide, iconSide);
    sign.moveCenter(dot.center());
    if (const QString name = index.data(IconRole).toString(); !name.isEmpty())
        paintIcon(painter, name, sign, theme.color(Token::NeutralFg));
    painter.setFont(theme.font(TextRole::Caption));
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(QRect(entryPadding, dot.top(), railLeft(theme) - entryPadding, side),
                     Qt::AlignLeft | Qt::AlignVCenter, entryTime(index).toString(u"HH:mm"_s));
}

void TimelineDelegate::paintWords(QPainter &painter, const Theme &theme, const QRect &area,
                                  const QModelIndex &index) const
{
    QRect line(area.left(), area.top(), area.width(),
               std::max(theme.scaled(28), QFontMetrics(theme.font()).lineSpacing() + 6));
    const int lineBottom = line.bottom();
    const QList<Badge> badges = badgesOf(index.data(BadgeRole));
    for (const Badge &badge : badges) {
        const int width = badgeSize(theme, badge).width();
        if (width > line.width() / 2)
            continue;
        paintBadge(painter, theme,
                   QRect(line.right() - width + 1, line.top(), width, line.height()), badge);
        line.setRight(line.right() - width - 6);
    }
    const QFontMetrics bold(theme.font(TextRole::Body, true));
    const QString title = bold.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight,
                                          line.width());
    painter.setFont(theme.font(TextRole::Body, true));
    painter.setPen(theme.color(Token::Text));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, title);
    line.setLeft(line.left() + bold.horizontalAdvance(title) + 10);
    painter.setFont(theme.font());
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(theme.font())
                         .elidedText(index.data(PersonRole).toString(), Qt::ElideRight,
                                     line.width()));
    const QString summary = index.data(SecondaryRole).toString();
    if (summary.isEmpty())
        return;
    QRect below = summaryRect(theme, area.width(), summary);
    below.moveTopLeft({area.left(), lineBottom + 1});
    painter.setPen(theme.color(Token::Text));
    painter.drawText(below, Qt::TextWordWrap | Qt::AlignTop, summary);
}

void TimelineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    painter->save();
    painter->setClipRect(option.rect);
    painter->translate(option.rect.topLeft());
    QRect row(QPoint(0, 0), option.rect.size());
    if (opensDay(index)) {
        paintDay(*painter, theme, QRect(0, 0, row.width(), dayHeight(theme)), index);
        row.setTop(dayHeight(theme));
    }
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected || option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(row, theme.color(selected ? Token::Selected : Token::Hover));
    if (selected)
        painter->fillRect(QRect(0, row.top(), 3, row.height()), theme.color(Token::Link));
    paintRail(*painter, theme, row, index);
    paintWords(*painter, theme, row.adjusted(wordsLeft(theme), entryPadding, -entryPadding, 0),
               index);
    painter->restore();
}

} // namespace keydesk
