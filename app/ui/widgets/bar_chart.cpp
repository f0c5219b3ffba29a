#include "ui/widgets/bar_chart.h"

#include "ui/widgets/theme.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsLayout>
#include <QHorizontalStackedBarSeries>
#include <QLegend>
#include <QVBoxLayout>
#include <QValueAxis>

#include <algorithm>
#include <numeric>

namespace keydesk {

namespace {

Token inkOf(int part)
{
    return Token(int(Token::Series1) + part % 6);
}

} // namespace

BarChart::BarChart(QWidget *parent)
    : QWidget(parent)
    , m_chart(new QChart)
    , m_view(new QChartView(m_chart, this)) // owns the chart from here on
    , m_names(new QBarCategoryAxis(m_chart))
    , m_values(new QValueAxis(m_chart))
    , m_series(new QHorizontalStackedBarSeries(m_chart))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_chart->setMargins({0, 0, 0, 0});
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setBackgroundRoundness(0);
    m_chart->legend()->setAlignment(Qt::AlignTop);
    m_chart->addSeries(m_series);
    m_chart->addAxis(m_names, Qt::AlignLeft);
    m_chart->addAxis(m_values, Qt::AlignBottom);
    m_series->attachAxis(m_names);
    m_series->attachAxis(m_values);
    m_series->setBarWidth(0.6);
    m_series->setLabelsVisible(true);
    m_values->setLabelFormat(QStringLiteral("%d"));
    m_values->setMin(0);
    m_names->setGridLineVisible(false);
    connect(m_series, &QHorizontalStackedBarSeries::clicked, this, [this](int index) {
        // The axis counts from below, the list from above.
        const qsizetype place = std::min<qsizetype>(m_bars.size(), mostBars) - 1 - index;
        if (place >= 0)
            Q_EMIT activated(m_bars[place].id);
    });
    applyTheme();
}

void BarChart::setParts(const QStringList &names)
{
    if (names == m_parts)
        return;
    m_parts = names;
    draw();
}

void BarChart::setBars(const QList<Bar> &bars)
{
    if (bars == m_bars)
        return;
    m_bars = bars;
    draw();
}

void BarChart::setSummary(const QString &sentence)
{
    setAccessibleName(sentence);
    m_view->setAccessibleName(sentence);
}

void BarChart::draw()
{
    const qsizetype shown = std::min<qsizetype>(m_bars.size(), mostBars);
    m_series->clear();
    QStringList names;
    double longest = 1;
    QList<QBarSet *> sets;
    for (const QString &part : std::as_const(m_parts))
        sets.append(new QBarSet(part, m_series));
    for (qsizetype place = shown - 1; place >= 0; --place) {
        const Bar &bar = m_bars[place];
        names.append(bar.label);
        for (int part = 0; part < int(sets.size()); ++part)
            sets[part]->append(bar.parts.value(part));
        longest = std::max(longest, std::accumulate(bar.parts.cbegin(), bar.parts.cend(), 0.0));
    }
    m_series->append(sets);
    m_names->setCategories(names);
    m_values->setMax(longest);
    m_values->applyNiceNumbers();
    m_values->setMin(0);
    applyTheme();
}

void BarChart::applyTheme()
{
    const Theme &theme = Theme::of(this);
    const QFont font = theme.font(TextRole::Caption);
    m_view->setBackgroundBrush(theme.color(Token::Window));
    m_chart->setBackgroundBrush(theme.color(Token::Window));
    m_chart->legend()->setFont(font);
    m_chart->legend()->setLabelBrush(theme.color(Token::Text2));
    for (QAbstractAxis *axis :
         {static_cast<QAbstractAxis *>(m_names), static_cast<QAbstractAxis *>(m_values)}) {
        axis->setLabelsFont(font);
        axis->setLabelsBrush(theme.color(Token::Text));
        axis->setLinePen(QPen(theme.color(Token::BorderControl)));
        axis->setGridLinePen(QPen(theme.color(Token::BorderSubtle)));
    }
    const auto sets = m_series->barSets();
    for (int part = 0; part < int(sets.size()); ++part) {
        sets[part]->setColor(theme.color(inkOf(part)));
        sets[part]->setBorderColor(theme.color(Token::Window));
        sets[part]->setLabelColor(theme.color(Token::Window));
        sets[part]->setLabelFont(font);
    }
}

void BarChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace keydesk
