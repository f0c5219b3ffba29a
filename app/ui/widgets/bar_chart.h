#pragma once

#include <QList>
#include <QString>
#include <QWidget>

class QBarCategoryAxis;
class QChart;
class QChartView;
class QHorizontalStackedBarSeries;
class QValueAxis;

namespace keydesk {

// Who has how much: one horizontal bar a line, its parts one behind the other, zero at the left. A
// click on a bar is a door to what it counts. The list beside it says the same to keyboard and
// screen reader, so the chart itself takes no focus; it says its sentence.
class BarChart final : public QWidget
{
    Q_OBJECT

public:
    struct Bar
    {
        QString id;
        QString label;
        QList<double> parts; ///< as many as setParts() named

        bool operator==(const Bar &) const = default;
    };
    /// More would be too thin to tell apart.
    static constexpr int mostBars = 15;

    explicit BarChart(QWidget *parent = nullptr);

    /// What the parts of each bar are, in their order; at most six.
    void setParts(const QStringList &names);
    /// The longest first; beyond mostBars the rest is left out.
    void setBars(const QList<Bar> &bars);
    /// What a screen reader says of it.
    void setSummary(const QString &sentence);

Q_SIGNALS:
    void activated(const QString &id);

protected:
    void changeEvent(QEvent *event) override;

private:
    void draw();
    void applyTheme();

    QChart *m_chart;
    QChartView *m_view;
    QBarCategoryAxis *m_names;
    QValueAxis *m_values;
    QHorizontalStackedBarSeries *m_series;
    QStringList m_parts;
    QList<Bar> m_bars;
};

} // namespace keydesk
