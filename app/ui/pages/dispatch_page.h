#pragma once

#include "ui/pages/list_pane.h"

class QListWidget;
class QPushButton;

namespace keydesk {

class BadgeLabel;
class RoutingPanel;
class TextLabel;

// The dispatcher's queue: what nobody holds, most urgent first, with a suggestion and its why.
// Enter takes the suggestion.
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
    void retranslate();
    void showCurrent(const QString &id);
    void suggestFor(const QString &id);
    void showRouted(const QString &id);
    void showHistory(const QString &id);
    void accept();
    void dispatchTo(const RecordId &staff, const RecordId &queue = {}, const QString &note = {});
    void chooseOther();
    void askForInfo();
    void markInvalid();

    ListPane *m_list;
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
    QString m_id;
};

} // namespace keydesk
