#include "ui/widgets/card_delegate.h"

#include "ui/widgets/badges.h"
#include "ui/widgets/clock_ticker.h"
#include "ui/widgets/shapes.h"

#include <QAbstractItemView>
#include <QPainter>

namespace keydesk {

namespace {

constexpr int cardGap = 4;
constexpr int cardInset = 10;

int bodyLine(const Theme &theme)
{
    return QFontMetrics(theme.font()).lineSpacing() + 2;
}

int badgeLine(const Theme &theme)
{
    return badgeSize(theme, {}).height() + 6;
}

int footWidth(const Theme &theme, const QList<Badge> &badges, const QString &person)
{
    int width = QFontMetrics(theme.font(TextRole::Caption)).horizontalAdvance(person) + 8;
    for (const Badge &badge : badges)
        width += badgeSize(theme, badge).width() + 4;
    return width;
}

void drawElided(QPainter &painter, const QRect &area, Qt::Alignment alignment, const QString &text)
{
    painter.drawText(area, int(alignment | Qt::AlignVCenter),
                     QFontMetrics(painter.font()).elidedText(text, Qt::ElideRight, area.width()));
}

} // namespace

QList<Badge> CardDelegate::signs(const QModelIndex &index) const
{
    QList<Badge> result;
    if (const QVariant clock = index.data(ClockRole); clock.isValid()) {
        const Badge face = clockFace(clock.value<ClockValue>(), m_ticker ? m_ticker->nowMs() : 0);
        if (!face.text.isEmpty())
            result += face;
    }
    return result + badgesOf(index.data(BadgeRole));
}

QSize CardDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    int height = bodyLine(theme) + cardGap + 2 * cardInset - 2;
    if (!index.data(SecondaryRole).toString().isEmpty())
        height += bodyLine(theme);
    const QString person = index.data(PersonRole).toString();
    const QList<Badge> badges = signs(index);
    if (badges.isEmpty() && person.isEmpty())
        return {160, height};
    // The owner gets a line of its own when the signs need theirs.
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int room = (view ? view->viewport()->width() : 160) - 2 * cardInset - 6;
    const int lines = footWidth(theme, badges, person) > room && !badges.isEmpty() ? 2 : 1;
    return {160, height + lines * badgeLine(theme)};
}

void CardDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    const bool focused = selected && option.state.testFlag(QStyle::State_HasFocus);
    const QRect card = option.rect.adjusted(2, cardGap / 2, -2, -cardGap / 2);
    paintPanel(*painter, card, Theme::cardRadius,
               theme.color(selected      ? Token::Selected
                               : hovered ? Token::Hover
                                         : Token::Surface),
               theme.color(selected ? Token::Link : Token::BorderSubtle),
               focused ? Theme::focusRing : 1);
    QRect area = card.adjusted(cardInset, cardInset - 2, -cardInset, -cardInset + 2);

    painter->save();
    QRect line(area.left(), area.top(), area.width(), bodyLine(theme));
    if (const QString value = index.data(ValueRole).toString(); !value.isEmpty()) {
        painter->setFont(theme.font());
        painter->setPen(theme.color(Token::Text));
        const int width = QFontMetrics(painter->font()).horizontalAdvance(value);
        painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, value);
        line.setRight(line.right() - width - 8);
    }
    painter->setFont(theme.font(TextRole::Body, true));
    painter->setPen(theme.color(Token::Text));
    drawElided(*painter, line, Qt::AlignLeft, index.data(Qt::DisplayRole).toString());
    line = QRect(area.left(), area.top() + bodyLine(theme), area.width(), bodyLine(theme));
    painter->setFont(theme.font());
    painter->setPen(theme.color(Token::Text2));
    if (const QString below = index.data(SecondaryRole).toString(); !below.isEmpty())
        drawElided(*painter, line, Qt::AlignLeft, below);

    const QList<Badge> badges = signs(index);
    const QString person = index.data(PersonRole).toString();
    QRect foot(area.left(), area.bottom() - badgeLine(theme) + 5, area.width(),
               badgeLine(theme) - 4);
    const bool twoLines = footWidth(theme, badges, person) > area.width() && !badges.isEmpty();
    painter->setFont(theme.font(TextRole::Caption));
    painter->setPen(theme.color(Token::Text2));
    drawElided(*painter, foot, twoLines ? Qt::AlignLeft : Qt::AlignRight, person);
    if (twoLines)
        foot.translate(0, -badgeLine(theme));
    painter->restore();
    if (!badges.isEmpty())
        paintBadges(*painter, theme, foot, badges);
}

} // namespace keydesk
