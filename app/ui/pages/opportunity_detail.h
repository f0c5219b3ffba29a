#pragma once

#include "domain/opportunity.h"
#include "rules/completeness.h"
#include "ui/shell/workspace.h"

class QScrollArea;
class QStackedWidget;
class QToolButton;

namespace keydesk {

class ChildPane;
class InlineMessage;
class NoteEdit;
class OpportunityActs;
class OpportunityForm;
class OpportunityHead;
class RoutingPanel;
class StatePane;
class Timeline;
class TimelineModel;
class ViewSwitch;

// One opportunity beside its list: who holds it and why, how far the sale is, the six elements as a
// form, what happened. Turns gestures into commands; each act is offered only to whom it is open.
class OpportunityDetail final : public Workspace
{
    Q_OBJECT

public:
    explicit OpportunityDetail(Desk &desk, QWidget *parent = nullptr);

    /// Shows the record, or that there is nothing to show.
    void showOpportunity(const QString &id);
    QString currentId() const { return m_id; }

    // The acts, for lists and boards to put on their keys.
    QAction *claimAction() const { return m_claim; }
    QAction *returnAction() const { return m_return; }
    QAction *forwardAction() const { return m_forward; }
    QAction *backAction() const { return m_back; }
    QAction *contactAction() const { return m_contact; }
    QAction *loseAction() const { return m_lose; }
    /// Moves the sale to a stage; the first missing field is focused if the gate refuses.
    void moveTo(SalesStage stage);

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    QWidget *buildActs();
    QToolButton *makeMoreButton();
    QWidget *buildRoute();
    QWidget *buildStory();
    void retranslate();
    void refresh();
    void showPart(const QString &part);
    void showElement(Element element);
    void showRoute();
    void showActs();
    void followRights(bool any);
    void claim();
    void lose();
    void step(int direction);
    void showButton(const QAction *act, bool shown);
    void explain(const Error &error);

    QString m_id;
    Opportunity m_opportunity;
    QWidget *m_body;
    StatePane *m_empty;
    OpportunityHead *m_head;
    InlineMessage *m_message;
    InlineMessage *m_asked;
    OpportunityActs *m_acts;
    QToolButton *m_more;
    ViewSwitch *m_parts;
    QStackedWidget *m_pages;
    ChildPane *m_items;
    RoutingPanel *m_route;
    OpportunityForm *m_form;
    NoteEdit *m_noteText;
    Timeline *m_timeline;
    TimelineModel *m_events;
    QAction *m_claim;
    QAction *m_return;
    QAction *m_forward;
    QAction *m_back;
    QAction *m_contact;
    QAction *m_lose;
    QAction *m_task;
    QAction *m_note;
    QAction *m_edit;
};

} // namespace keydesk
