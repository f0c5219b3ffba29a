#pragma once

#include <QStyledItemDelegate>

namespace keydesk {

class Theme;

// Draws one entry of a timeline: day heading where a day begins, time, the line with the kind's
// icon, title, person, badges, and up to three lines of summary.
class TimelineDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintDay(QPainter &painter, const Theme &theme, const QRect &area,
                  const QModelIndex &index) const;
    void paintRail(QPainter &painter, const Theme &theme, const QRect &row,
                   const QModelIndex &index) const;
    void paintWords(QPainter &painter, const Theme &theme, const QRect &area,
                    const QModelIndex &index) const;
};

} // namespace keydesk
