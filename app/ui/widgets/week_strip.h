#pragma once

#include <QAbstractButton>
#include <QDate>
#include <QList>

class QButtonGroup;

namespace keydesk {

// Seven days, Monday first, each with what is due on it: a door to that day's work. One may be
// chosen, or none; Left and Right move along it. It counts nothing itself.
class WeekStrip final : public QWidget
{
    Q_OBJECT

public:
    struct Day
    {
        QDate date;
        int visits = 0;
        int others = 0; ///< due on that day and no visit

        bool operator==(const Day &) const = default;
    };

    explicit WeekStrip(QWidget *parent = nullptr);

    /// `today` is marked.
    void setDays(const QList<Day> &days, QDate today);
    /// Chooses a day without telling; an invalid one chooses none.
    void setCurrent(QDate date);
    QDate current() const { return m_current; }

Q_SIGNALS:
    /// Invalid: the chosen day was chosen again, all days count.
    void chosen(QDate date);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void choose(int place);

    QList<Day> m_days;
    QDate m_today;
    QDate m_current;
};

} // namespace keydesk
