#pragma once

#include <QLayout>

namespace keydesk {

// Lays widgets out in reading order and wraps to the next line when the width is used up; for chips
// and tiles, whose number and words nobody knows beforehand.
class FlowLayout final : public QLayout
{
    Q_OBJECT

public:
    explicit FlowLayout(QWidget *parent = nullptr, int gap = 8);
    ~FlowLayout() override;

    /// All items get one width, and rows are filled to the right edge; for tiles.
    void setFillRows(bool fill) { m_fill = fill; }

    void addItem(QLayoutItem *item) override;
    int count() const override { return int(m_items.size()); }
    QLayoutItem *itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    int arrange(const QRect &rect, bool move) const;
    int filledWidth(int available) const;

    QList<QLayoutItem *> m_items;
    int m_gap;
    bool m_fill = false;
};

} // namespace keydesk
