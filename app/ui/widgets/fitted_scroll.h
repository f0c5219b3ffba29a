#pragma once

#include <QScrollArea>

namespace keydesk {

// Asks for the height its content has at the present width, no more, and scrolls when it is given
// less: a column that shares its height with others, instead of being painted over by them.
class FittedScroll final : public QScrollArea
{
    Q_OBJECT

public:
    /// `leastHeight` in design pixels at 100 %: what stays in sight however low the window is.
    explicit FittedScroll(int leastHeight, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    int contentHeight() const;

    int m_least;
};

} // namespace keydesk
