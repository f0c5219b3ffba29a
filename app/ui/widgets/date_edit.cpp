#include "ui/widgets/date_edit.h"

#include "base/date_text.h"
#include "ui/widgets/date_text.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/palette_panel.h"

#include <QAction>
#include <QBoxLayout>
#include <QCalendarWidget>
#include <QKeyEvent>
#include <QScreen>
#include <QTextCharFormat>

using namespace Qt::StringLiterals;

namespace keydesk {

DateEdit::DateEdit(QWidget *parent)
    : QLineEdit(parent)
    , m_calendar(addAction(icon(u"calendar"_s), TrailingPosition))
    , m_today([] { return QDateTime::currentDateTimeUtc().toTimeZone(businessZone()).date(); })
{
    connect(m_calendar, &QAction::triggered, this, &DateEdit::openCalendar);
    connect(this, &QLineEdit::editingFinished, this, &DateEdit::settle);
    retranslate();
}

void DateEdit::retranslate()
{
    setPlaceholderText(tr("yyyy-mm-dd, +3, next tue"));
    m_calendar->setToolTip(tr("Calendar (Alt+Down)"));
    m_calendar->setText(tr("Calendar"));
}

QSize DateEdit::sizeHint() const
{
    const QSize hint = QLineEdit::sizeHint();
    return {fontMetrics().horizontalAdvance(u"2026-11-21"_s) + 64, hint.height()};
}

std::optional<QDate> DateEdit::date() const
{
    return dateFromText(text(), m_today());
}

void DateEdit::setDate(std::optional<QDate> date)
{
    m_last = date;
    setText(date ? date->toString(Qt::ISODate) : QString());
    KeydeskStyle::setInvalid(this, false);
}

bool DateEdit::hasAcceptableText() const
{
    return text().trimmed().isEmpty() || date().has_value();
}

void DateEdit::settle()
{
    KeydeskStyle::setInvalid(this, !hasAcceptableText());
    setToolTip(hasAcceptableText() ? QString() : tr("A date such as 2026-11-21, 11-21 or +3"));
    if (!hasAcceptableText())
        return;
    const bool changed = date() != m_last;
    setDate(date());
    if (changed)
        Q_EMIT dateChanged();
}

void DateEdit::take(QDate date)
{
    setDate(date);
    Q_EMIT dateChanged();
}

void DateEdit::openCalendar()
{
    auto *popup = new PalettePanel(this, Qt::Popup);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    auto *calendar = new QCalendarWidget;
    // QLocale says that weeks begin on Sunday in both languages; telecom offices begin on Monday.
    calendar->setLocale(QLocale());
    calendar->setFirstDayOfWeek(Qt::Monday);
    calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    calendar->setHorizontalHeaderFormat(QCalendarWidget::ShortDayNames);
    QTextCharFormat plain;
    plain.setForeground(Theme::of(this).color(Token::Text2));
    calendar->setWeekdayTextFormat(Qt::Saturday, plain);
    calendar->setWeekdayTextFormat(Qt::Sunday, plain);
    calendar->setSelectedDate(date().value_or(m_today()));
    auto *column = new QVBoxLayout(popup);
    column->setContentsMargins(4, 4, 4, 4);
    column->addWidget(calendar);
    const auto pick = [this, popup](QDate picked) {
        popup->close();
        take(picked);
    };
    connect(calendar, &QCalendarWidget::clicked, this, pick);
    connect(calendar, &QCalendarWidget::activated, this, pick);
    const QSize size = popup->sizeHint();
    QPoint corner = mapToGlobal(QPoint(0, height() + 2));
    if (corner.y() + size.height() > screen()->availableGeometry().bottom())
        corner = mapToGlobal(QPoint(0, -size.height() - 2));
    popup->setGeometry({corner, size});
    popup->show();
    calendar->setFocus();
}

void DateEdit::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down && event->modifiers().testFlag(Qt::AltModifier))
        return openCalendar();
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    const QDate from = date().value_or(m_today());
    if (plain && !isReadOnly()) {
        switch (event->key()) {
        case Qt::Key_Up:
            return take(from.addDays(1));
        case Qt::Key_Down:
            return take(from.addDays(-1));
        case Qt::Key_PageUp:
            return take(from.addMonths(1));
        case Qt::Key_PageDown:
            return take(from.addMonths(-1));
        default:
            break;
        }
    }
    QLineEdit::keyPressEvent(event);
}

void DateEdit::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace keydesk
