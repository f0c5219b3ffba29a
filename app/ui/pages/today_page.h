#pragma once

#include "ui/pages/list_pane.h"

namespace keydesk {

class HighlightsBar;

// The first page of everybody: what waits for this person, most urgent first, and the counts that
// open the records behind them.
class TodayPage final : public Workspace
{
    Q_OBJECT

public:
    explicit TodayPage(Desk &desk, QWidget *parent = nullptr);
    void arrive() override;
    bool showRecord(const QString &entity, const QString &id) override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void watchCounts();
    void showCounts();
    void done();
    void later();
    void openSubject(const QString &task);

    ListPane *m_list;
    HighlightsBar *m_tiles;
    LiveTally *m_toClaim;
    LiveTally *m_mine;
    LiveTally *m_tasks;
    LiveTally *m_notices;
    QAction *m_done;
    QAction *m_later;
    QAction *m_open;
};

} // namespace keydesk
