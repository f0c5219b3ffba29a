#pragma once

#include "ui/pages/list_pane.h"

#include <QTimer>

class QListWidget;
class QPushButton;
class QStackedWidget;

namespace keydesk {

class BadgeLabel;
class DispatchActs;
class LoadPane;
class RoutingPanel;
class TextLabel;
struct Opportunity;

// The dispatcher's queue: what nobody holds, most urgent first, with a suggestion and its why.
// Enter takes the suggestion, with several chosen after a question.
class DispatchPage final : public Workspace
{
    Q_OBJECT

public:
    explicit DispatchPage(Desk &desk, QWidget *parent = nullptr);
    void arrive() override;

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildDetail();
    void buildKeys();
    void retranslate();
    void showView(const QString &view);
    ListPane &shownPane() const;
    void showCurrent(const QString &id);
    void follow(const ChangeSet &changes);
    void suggestFor(const Opportunity &opportunity);
    void showRouted(const Opportunity &opportunity);
    void showHistory(const QString &id);
    void accept();
    void chooseOther();
    void soundBreach(qint64 nowMs);

    QStackedWidget *m_views;
    ListPane *m_list;
    LoadPane *m_load;
    DispatchActs *m_acts;
    TextLabel *m_title;
    BadgeLabel *m_badges;
    TextLabel *m_why;
    RoutingPanel *m_routed;
    QListWidget *m_people;
    QPushButton *m_accept;
    QPushButton *m_other;
    QPushButton *m_ask;
    QPushButton *m_invalid;
    TextLabel *m_history;
    QTimer m_follow;
    QString m_id;
    int m_over = -1; // clocks that had run out a second ago; -1: not looked yet
};

} // namespace keydesk
