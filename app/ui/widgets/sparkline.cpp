#include "ui/widgets/sparkline.h"

#include "ui/widgets/shapes.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace keydesk {

void paintSparkline(QPainter &painter, const Theme &theme, const QRectF &area,
                    const QList<double> &values)
{
    constexpr qreal dot = 2.5;
    const QRectF inner = area.adjusted(dot + 1, dot + 1, -dot - 1, -dot - 1);
    const QColor ink = theme.color(Token::Series1);
    if (values.size() < 2) {
        const QPointF middle = inner.center();
        QPainterPath dash(middle - QPointF(4, 0));
        dash.lineTo(middle + QPointF(4, 0));
        strokePath(painter, dash, theme.color(Token::Muted), 1.5);
        return;
    }
    const auto extremes = std::minmax_element(values.cbegin(), values.cend());
    const double low = *extremes.first;
    const double span = *extremes.second - low;
    const auto point = [&](qsizetype i) {
        const double share = span > 0 ? (values[i] - low) / span : 0.5;
        return QPointF(inner.left() + inner.width() * double(i) / double(values.size() - 1),
                       inner.bottom() - inner.height() * share);
    };
    QPainterPath line(point(0));
    for (qsizetype i = 1; i < values.size(); ++i)
        line.lineTo(point(i));
    strokePath(painter, line, ink, 1.5);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawEllipse(point(values.size() - 1), dot, dot);
    painter.restore();
}

QString sparklineText(const QList<double> &values)
{
    if (values.isEmpty())
        return QCoreApplication::translate("keydesk::Sparkline", "no values");
    const auto [low, high] = std::minmax_element(values.cbegin(), values.cend());
    const QLocale locale;
    return QCoreApplication::translate("keydesk::Sparkline", "%n value(s) from %1 to %2, last %3",
                                       nullptr, int(values.size()))
        .arg(locale.toString(*low, 'f', 0), locale.toString(*high, 'f', 0),
             locale.toString(values.last(), 'f', 0));
}

Sparkline::Sparkline(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void Sparkline::setValues(const QList<double> &values)
{
    m_values = values;
    setAccessibleName(sparklineText(values));
    update();
}

QSize Sparkline::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    return {theme.scaled(72), theme.scaled(24)};
}

void Sparkline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintSparkline(painter, Theme::of(this), rect(), m_values);
}

void Sparkline::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        setAccessibleName(sparklineText(m_values));
}

} // namespace keydesk
