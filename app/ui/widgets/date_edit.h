#pragma once

#include <QDate>
#include <QLineEdit>

#include <functional>
#include <optional>

class QAction;

namespace keydesk {

// A field for a date that may be empty: typed in full, in short ("11-21", "+3") or in words
// ("下周二"), stepped with the arrows, or picked from a calendar whose weeks begin on Monday.
class DateEdit final : public QLineEdit
{
    Q_OBJECT

public:
    explicit DateEdit(QWidget *parent = nullptr);

    std::optional<QDate> date() const;
    void setDate(std::optional<QDate> date);
    bool hasAcceptableText() const;
    /// What words like "tomorrow" are read against; the computer's date unless set.
    void setToday(std::function<QDate()> today) { m_today = std::move(today); }

Q_SIGNALS:
    /// The user changed the date and left the field, stepped or picked.
    void dateChanged();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    QSize sizeHint() const override;

private:
    void settle();
    void take(QDate date);
    void openCalendar();
    void retranslate();

    QAction *m_calendar;
    std::function<QDate()> m_today;
    std::optional<QDate> m_last;
};

} // namespace keydesk
