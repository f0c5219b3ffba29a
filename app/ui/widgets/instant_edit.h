#pragma once

#include "base/clock.h"

#include <QWidget>

#include <optional>

class QLineEdit;

namespace keydesk {

class DateEdit;

// A field for a point in time: a date and a 24-hour time of the business's zone, as all lists show
// it wherever the PC stands, kept as UTC.
class InstantEdit final : public QWidget
{
    Q_OBJECT

public:
    explicit InstantEdit(QWidget *parent = nullptr);

    /// Nothing when a part is missing or is no date or time.
    std::optional<Instant> value() const;
    void setValue(std::optional<Instant> value);
    bool hasAcceptableText() const;
    /// Date and time as they are typed, readable or not; empty when both are.
    QString rawText() const;
    /// Puts such a text back without emitting valueChanged().
    void setRawText(const QString &text);
    /// The time taken when only a date is given; none unless set.
    void setDefaultTime(QTime time) { m_defaultTime = time; }
    DateEdit &dateEdit() { return *m_date; }
    QLineEdit &timeEdit() { return *m_time; }

Q_SIGNALS:
    void valueChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    void settle();
    void retranslate();

    DateEdit *m_date;
    QLineEdit *m_time;
    QTime m_defaultTime;
    std::optional<Instant> m_last;
};

} // namespace keydesk
