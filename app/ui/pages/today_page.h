#pragma once

#include "ui/pages/list_pane.h"

#include <array>

class QStackedWidget;

namespace keydesk {

class ClaimList;
class HighlightsBar;
class TaskCard;
class WeekStrip;

// The first page of everybody: what waits for this person, most urgent first, what he was told, and
// the counts that open the records behind them.
class TodayPage final : public Workspace
{
    Q_OBJECT

public:
    explicit TodayPage(Desk &desk, QWidget *parent = nullptr);
    void arrive() override;
    bool showRecord(const QString &entity, const QString &id) override;
    /// "notices" shows the notices, anything else the tasks.
    void showFiltered(const QString &filter) override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showTitle();
    void showHeader();
    std::array<ListPane *, 2> panes() const { return {m_list, m_told}; }
    void buildTasks();
    void buildNotices();
    void watchCounts();
    void followTile(const QString &id);
    void openNotice(const QString &id);
    void showCounts();
    /// Ticks the task off, or does what ends it where that is an act of its opportunity.
    void done();
    void later();
    void snooze(Instant until, const QString &done);
    void snoozeUntil();
    void answer();
    void readOne();
    FilterSpec openTasks(std::vector<std::vector<Filter>> also = {}) const;
    void showTasks();
    void hideSnoozed();
    void narrow();
    void watchWeek();
    void showWeek();
    void openSubject(const QString &task);

    QStackedWidget *m_views;
    QWidget *m_toDo;
    ClaimList *m_claims;
    ListPane *m_list;
    ListPane *m_told;
    WeekStrip *m_week;
    LiveQuery *m_dueSoon; // the open tasks of the week
    QDate m_monday; // of that week
    HighlightsBar *m_tiles;
    TaskCard *m_card;
    LiveTally *m_mine;
    LiveTally *m_tasks;
    LiveTally *m_notices;
    QAction *m_done;
    QAction *m_later;
    QAction *m_tomorrow;
    QAction *m_laterDate;
    QAction *m_open;
    QAction *m_read;
    QAction *m_readOne;
    QAction *m_answer;
    QAction *m_new;
    qint64 m_snoozedAt = 0; // the minute the list was last narrowed at
    bool m_snoozedShown = false;
};

} // namespace keydesk
