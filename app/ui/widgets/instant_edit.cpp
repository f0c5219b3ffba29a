#include "ui/widgets/instant_edit.h"

#include "base/date_text.h"
#include "ui/widgets/date_edit.h"
#include "ui/widgets/date_text.h"
#include "ui/widgets/keydesk_style.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace keydesk {

InstantEdit::InstantEdit(QWidget *parent)
    : QWidget(parent)
    , m_date(new DateEdit)
    , m_time(new QLineEdit)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_date, 3);
    row->addWidget(m_time, 1);
    m_time->setMinimumWidth(64);
    setFocusProxy(m_date);
    connect(m_date, &DateEdit::dateChanged, this, &InstantEdit::settle);
    connect(m_time, &QLineEdit::editingFinished, this, &InstantEdit::settle);
    retranslate();
}

void InstantEdit::retranslate()
{
    m_time->setPlaceholderText(tr("hh:mm"));
    m_time->setAccessibleName(tr("Time"));
    m_date->setAccessibleName(tr("Date"));
}

std::optional<Instant> InstantEdit::value() const
{
    const std::optional<QDate> date = m_date->date();
    std::optional<QTime> time = timeFromText(m_time->text());
    if (m_time->text().trimmed().isEmpty() && m_defaultTime.isValid())
        time = m_defaultTime;
    if (!date || !time)
        return std::nullopt;
    return Instant{QDateTime(*date, *time, businessZone()).toMSecsSinceEpoch()};
}

void InstantEdit::setValue(std::optional<Instant> value)
{
    m_last = value;
    const QDateTime at = value ? QDateTime::fromMSecsSinceEpoch(value->ms, businessZone())
                               : QDateTime();
    m_date->setDate(value ? std::optional(at.date()) : std::nullopt);
    m_time->setText(value ? at.toString(u"HH:mm"_s) : QString());
    KeydeskStyle::setInvalid(m_time, false);
}

bool InstantEdit::hasAcceptableText() const
{
    const bool empty = m_date->text().trimmed().isEmpty() && m_time->text().trimmed().isEmpty();
    return empty || value().has_value();
}

QString InstantEdit::rawText() const
{
    const bool empty = m_date->text().isEmpty() && m_time->text().isEmpty();
    return empty ? QString() : m_date->text() + u'\t' + m_time->text();
}

void InstantEdit::setRawText(const QString &text)
{
    m_date->setText(text.section(u'\t', 0, 0));
    m_time->setText(text.section(u'\t', 1));
}

void InstantEdit::settle()
{
    const bool timeIsWrong = !m_time->text().trimmed().isEmpty() && !timeFromText(m_time->text());
    KeydeskStyle::setInvalid(m_time, timeIsWrong);
    m_time->setToolTip(timeIsWrong ? tr("A time such as 9:40 or 0940") : QString());
    if (!hasAcceptableText() || value() == m_last)
        return;
    setValue(value());
    Q_EMIT valueChanged();
}

void InstantEdit::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace keydesk
