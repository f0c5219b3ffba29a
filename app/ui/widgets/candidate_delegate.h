#pragma once

#include <QStyledItemDelegate>

namespace keydesk {

// Draws a row of the palette or of a picker: icon, title, quieter detail, badges, key at the right,
// and the heading of a section above its first row.
class CandidateDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace keydesk
