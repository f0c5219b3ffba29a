#include "ui/widgets/week_strip.h"

#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

class DayCell final : public QAbstractButton
{
public:
    explicit DayCell(QWidget *parent)
        : QAbstractButton(parent)
    {
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setCursor(Qt::PointingHandCursor);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    void show(const WeekStrip::Day &due, bool isToday)
    {
        m_isToday = isToday;
        m_isEmpty = due.visits + due.others == 0;
        const QLocale locale;
        m_date = locale.dayName(due.date.dayOfWeek(), QLocale::ShortFormat) + u' '
            + QString::number(due.date.day());
        QStringList words;
        if (due.visits > 0)
            words.append(WeekStrip::tr("%n visit(s)", nullptr, due.visits));
        if (due.others > 0)
            words.append(WeekStrip::tr("%n due", nullptr, due.others));
        m_words = words.isEmpty() ? u"–"_s : words.join(u" · "_s);
        setObjectName(u"week."_s + due.date.toString(Qt::ISODate));
        const QString spoken = words.isEmpty() ? WeekStrip::tr("nothing due") : words.join(u", "_s);
        setAccessibleName(locale.dayName(due.date.dayOfWeek()) + u' '
                          + due.date.toString(Qt::ISODate) + u": "_s + spoken
                          + (isToday ? u", "_s + WeekStrip::tr("today") : QString()));
        setToolTip(words.join(u'\n'));
        update();
    }

    QSize sizeHint() const override
    {
        const Theme &theme = Theme::of(this);
        return {theme.scaled(72), 2 * QFontMetrics(theme.font()).lineSpacing() + 10};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = Theme::of(this);
        const Token fill = isChecked() ? Token::Selected
            : underMouse()             ? Token::Hover
                                       : Token::Surface;
        paintPanel(painter, rect(), Theme::controlRadius, theme.color(fill),
                   theme.color(hasFocus() || m_isToday ? Token::Link : Token::BorderSubtle),
                   hasFocus() ? Theme::focusRing : 1);
        const QRect inner = rect().adjusted(8, 4, -8, -4);
        painter.setFont(theme.font(TextRole::Body, m_isToday));
        painter.setPen(theme.color(Token::Text));
        painter.drawText(inner, Qt::AlignTop | Qt::AlignLeft, m_date);
        painter.setFont(theme.font(TextRole::Caption));
        painter.setPen(theme.color(m_isEmpty ? Token::Muted : Token::Text2));
        painter.drawText(inner, Qt::AlignBottom | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(m_words, Qt::ElideRight, inner.width()));
    }

private:
    QString m_date;
    QString m_words;
    bool m_isToday = false;
    bool m_isEmpty = true;
};

} // namespace

WeekStrip::WeekStrip(QWidget *parent)
    : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    for (int place = 0; place < Qt::Sunday; ++place) {
        auto *cell = new DayCell(this);
        row->addWidget(cell);
        connect(cell, &QAbstractButton::clicked, this, [this, place] { choose(place); });
    }
}

void WeekStrip::setDays(const QList<Day> &days, QDate today)
{
    m_days = days;
    m_today = today;
    for (int place = 0; place < int(days.size()) && place < layout()->count(); ++place)
        static_cast<DayCell *>(layout()->itemAt(place)->widget())
            ->show(days[place], days[place].date == today);
    setCurrent(m_current);
}

void WeekStrip::setCurrent(QDate date)
{
    m_current = date;
    for (int place = 0; place < layout()->count(); ++place)
        static_cast<DayCell *>(layout()->itemAt(place)->widget())
            ->setChecked(m_days.value(place).date == date && date.isValid());
}

void WeekStrip::choose(int place)
{
    const QDate date = m_days.value(place).date;
    setCurrent(date == m_current ? QDate() : date);
    Q_EMIT chosen(m_current);
}

void WeekStrip::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    const int place = layout()->indexOf(focusWidget());
    QLayoutItem *next = step != 0 && place >= 0 ? layout()->itemAt(place + step) : nullptr;
    if (next)
        return next->widget()->setFocus(Qt::TabFocusReason);
    QWidget::keyPressEvent(event);
}

void WeekStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        setDays(QList<Day>(m_days), m_today);
    QWidget::changeEvent(event);
}

} // namespace keydesk
