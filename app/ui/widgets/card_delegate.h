#pragma once

#include "models/roles.h"

#include <QStyledItemDelegate>

namespace keydesk {

class ClockTicker;

// Draws a card of the board: title, second line, value, badges, the nearest clock, and the owner.
class CardDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setTicker(const ClockTicker *ticker) { m_ticker = ticker; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    QList<Badge> signs(const QModelIndex &index) const;

    const ClockTicker *m_ticker = nullptr;
};

} // namespace keydesk
