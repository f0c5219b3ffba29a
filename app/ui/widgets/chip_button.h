#pragma once

#include "ui/widgets/filter_chips.h"

#include <QAbstractButton>

namespace keydesk {

// One chip: click or Space switches it, Delete or its cross removes it.
class ChipButton final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit ChipButton(const FilterChip &chip, QWidget *parent = nullptr);

    void setChip(const FilterChip &chip);
    const FilterChip &chip() const { return m_chip; }
    QSize sizeHint() const override;

Q_SIGNALS:
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QString words() const;
    QRect trailingRect() const;
    void updateName();

    FilterChip m_chip;
};

} // namespace keydesk
