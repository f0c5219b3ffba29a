#include "ui/widgets/candidate_delegate.h"

#include "ui/widgets/badges.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/shapes.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr int candidatePadding = 12;

bool opensSection(const QModelIndex &index)
{
    const QString section = index.data(SectionRole).toString();
    return !section.isEmpty()
        && (index.row() == 0
            || index.siblingAtRow(index.row() - 1).data(SectionRole).toString() != section);
}

int headingHeight(const Theme &theme)
{
    return QFontMetrics(theme.font(TextRole::Caption)).lineSpacing() + 10;
}

// Draws the key as a small cap and returns the width used.
int paintKey(QPainter &painter, const Theme &theme, const QRect &area, const QString &key)
{
    painter.setFont(theme.font(TextRole::Caption));
    const QFontMetrics metrics(painter.font());
    const int width = metrics.horizontalAdvance(key) + 12;
    const QRect cap(area.right() - width + 1, area.center().y() - theme.scaled(20) / 2 + 1, width,
                    theme.scaled(20));
    paintPanel(painter, cap, Theme::controlRadius, theme.color(Token::Surface),
               theme.color(Token::BorderSubtle));
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(cap, Qt::AlignCenter, key);
    return width + 8;
}

void paintTitle(QPainter &painter, const Theme &theme, QRect area, const QModelIndex &index)
{
    const QFont font = theme.font();
    const QFontMetrics metrics(font);
    const QString title = metrics.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight,
                                             area.width());
    painter.setFont(font);
    painter.setPen(theme.color(Token::Text));
    painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft, title);
    area.setLeft(area.left() + metrics.horizontalAdvance(title) + 10);
    const QString detail = index.data(SecondaryRole).toString();
    if (detail.isEmpty() || area.width() < 24)
        return;
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft,
                     metrics.elidedText(detail, Qt::ElideRight, area.width()));
}

} // namespace

QSize CandidateDelegate::sizeHint(const QStyleOptionViewItem &option,
                                  const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const int row = std::max(theme.scaled(32), theme.rowHeight() + 2);
    return {200, row + (opensSection(index) ? headingHeight(theme) : 0)};
}

void CandidateDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    QRect row = option.rect;
    painter->save();
    if (opensSection(index)) {
        const QRect heading(row.left() + candidatePadding, row.top(), row.width(),
                            headingHeight(theme));
        painter->setFont(theme.font(TextRole::Caption, true));
        painter->setPen(theme.color(Token::Muted));
        painter->drawText(heading, Qt::AlignLeft | Qt::AlignVCenter,
                          index.data(SectionRole).toString());
        row.setTop(row.top() + headingHeight(theme));
    }
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    if (selected || hovered)
        painter->fillRect(row, theme.color(selected ? Token::Selected : Token::Hover));
    if (selected)
        painter->fillRect(QRect(row.left(), row.top(), 3, row.height()), theme.color(Token::Link));

    QRect inner = row.adjusted(candidatePadding, 0, -candidatePadding, 0);
    if (const QString name = index.data(IconRole).toString(); !name.isEmpty()) {
        const int side = theme.iconSize();
        paintIcon(*painter, name,
                  QRect(inner.left(), inner.center().y() - side / 2 + 1, side, side),
                  theme.color(Token::Text2));
        inner.setLeft(inner.left() + side + 10);
    }
    if (const QString key = index.data(ShortcutRole).toString(); !key.isEmpty())
        inner.setRight(inner.right() - paintKey(*painter, theme, inner, key));
    if (const QString hint = index.data(HintRole).toString(); !hint.isEmpty() && selected)
        inner.setRight(inner.right() - paintKey(*painter, theme, inner, hint));
    const QList<Badge> badges = badgesOf(index.data(BadgeRole));
    for (auto badge = badges.crbegin(); badge != badges.crend(); ++badge) {
        const int width = badgeSize(theme, *badge).width();
        if (width > inner.width() / 2)
            continue;
        paintBadge(*painter, theme,
                   QRect(inner.right() - width + 1, inner.top(), width, inner.height()), *badge);
        inner.setRight(inner.right() - width - 6);
    }
    paintTitle(*painter, theme, inner, index);
    painter->restore();
}

} // namespace keydesk
