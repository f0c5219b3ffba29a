#pragma once

#include "ui/widgets/theme.h"

#include <QList>
#include <QRectF>
#include <QWidget>

class QPainter;

namespace keydesk {

/// Draws `values` (oldest first) as a line with its last point marked. One value or none: a dash.
void paintSparkline(QPainter &painter, const Theme &theme, const QRectF &area,
                    const QList<double> &values);
/// "12 values from 3 to 9, last 7": what the line says to those who do not see it.
QString sparklineText(const QList<double> &values);

// A trend without axes, the size of a word. It never takes the focus: the number beside it does.
class Sparkline final : public QWidget
{
    Q_OBJECT

public:
    explicit Sparkline(QWidget *parent = nullptr);

    void setValues(const QList<double> &values);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QList<double> m_values;
};

} // namespace keydesk
