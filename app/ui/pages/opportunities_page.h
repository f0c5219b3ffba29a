#pragma once

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
    void retranslate();
    void showList();
    void showHolder(const QString &person);
    void showView(const QString &view);
    void moveCard(const QString &card, const QString &column);

    QStackedWidget *m_views;
    ListPane *m_list;
    KanbanBoard *m_board;
    OpportunityDetail *m_detail;
    std::vector<RecordTableModel *> m_columns;
    QString m_holder; // whose open ones the last number on another page counted
    QString m_view;
};

} // namespace keydesk
