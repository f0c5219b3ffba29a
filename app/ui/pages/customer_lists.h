#pragma once

#include "ui/pages/list_pane.h"

class QAction;
class QStackedWidget;

namespace keydesk {

class ChildPane;
class OrgChart;
class ViewSwitch;

// What belongs to a customer, one list at a time: people, opportunities, who looks after it, sites,
// tasks. People and sites are added and changed here; Enter opens what has a page of its own.
class CustomerLists final : public QWidget
{
    Q_OBJECT

public:
    explicit CustomerLists(Desk &desk, QWidget *parent = nullptr);

    void show(const RecordId &account);
    /// Gives the action's key to every list.
    void addKey(QAction *action);
    /// Puts the act that gives out a task above the list of tasks.
    void offerTask(QAction *action);
    /// Shows one list: people, opportunities, team, sites or tasks.
    void showList(const QString &name);
    /// Shows the list that holds such records with this one current; false if there is none.
    bool showRecord(const QString &entity, const QString &id);
    void focusList();

protected:
    void changeEvent(QEvent *event) override;

private:
    void addChildren(const QString &name, const QString &entity, const QStringList &fields);
    ListPane *addList(const QString &name, const QString &entity, const QStringList &fields,
                      const SortKey &order, std::vector<Filter> conditions = {});
    void retranslate();
    void showChoices();

    struct List
    {
        QString name;
        ListPane *pane;
        ChildPane *children; // null: its records are made elsewhere, `query` finds them
        RowQuery query;
        std::vector<Filter> conditions;
    };

    Desk &m_desk;
    ViewSwitch *m_switch;
    QStackedWidget *m_views;
    OrgChart *m_org;
    std::vector<List> m_lists;
    RecordId m_account;
};

} // namespace keydesk
