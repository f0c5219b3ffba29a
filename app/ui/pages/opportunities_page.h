#pragma once

#include "domain/stage.h"
#include "ui/pages/list_pane.h"

class QStackedWidget;

namespace keydesk {

class KanbanBoard;
class OpportunityDetail;

// Opportunities as inbox, board and table, with the detail of the current one beside them.
class OpportunitiesPage final : public Workspace
{
    Q_OBJECT

public:
    explicit OpportunitiesPage(Desk &desk, QWidget *parent = nullptr);
    void arrive() override;
    bool showRecord(const QString &entity, const QString &id) override;
    /// One of the list's chips: "claim", "mine".
    void showFiltered(const QString &filter) override;
    QList<QAction *> pageActions() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildList();
    void buildBoard();
    void addStage(SalesStage stage);
    FilterSpec onBoard() const;
    void showSums();
    bool isBoard() const;
    void retranslate();
    void showList();
    void showHolder(const QString &person);
    void switchView(const QString &view);
    void showView(const QString &view);
    void moveCard(const QString &card, const QString &column);

    QStackedWidget *m_views;
    ListPane *m_list;
    KanbanBoard *m_board;
    OpportunityDetail *m_detail;
    LiveTally *m_sums; // of the board's stages
    QString m_holder; // whose open ones the last number on another page counted
    QString m_view;
};

} // namespace keydesk
