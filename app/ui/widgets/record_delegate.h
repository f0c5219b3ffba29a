#pragma once

#include <QStyledItemDelegate>

namespace keydesk {

class ClockTicker;

// Draws one cell of a record list from its roles: text with icon, badges, a running clock, a trend,
// a progress bar. Cells are never edited in place: an editable cell would switch the input method
// on, and a Chinese input method eats the single-letter keys of the list.
class RecordDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit RecordDelegate(QObject *parent = nullptr);

    /// Where clocks read the time; without it they show their deadline as if it were now.
    void setTicker(const ClockTicker *ticker) { m_ticker = ticker; }
    /// The row under the mouse, drawn as one; -1 for none.
    void setHoveredRow(int row) { m_hoveredRow = row; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;
    /// The words of the cell's clock at `nowMs`; empty when it has none.
    static QString clockText(const QModelIndex &index, qint64 nowMs);

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    bool paintSpecial(QPainter *painter, const QStyleOptionViewItem &option, const QRect &content,
                      const QModelIndex &index) const;
    void paintText(QPainter &painter, const QStyleOptionViewItem &option, QRect content,
                   const QModelIndex &index) const;
    qint64 nowMs() const;

    const ClockTicker *m_ticker = nullptr;
    int m_hoveredRow = -1;
};

} // namespace keydesk
