#pragma once

#include "domain/opportunity.h"
#include "ui/pages/ask_dialog.h"

namespace keydesk {

// The acts on an opportunity that are rarer than claim, return and stages: give the information
// that was asked for, shelve, close at first contact, discard. Each is open only to
// whom its command permits it, and only in the states it leads from.
class OpportunityActs final : public QObject
{
    Q_OBJECT

public:
    /// The dialogs belong to `page`, which also gets the keys.
    OpportunityActs(Desk &desk, QWidget *page);

    /// The record that the acts are for; without an id all of them are off.
    void follow(const Opportunity &opportunity);
    QList<QAction *> actions() const;
    QAction *answerAction() const { return m_answer; }
    void retranslate();

private:
    QAction *makeAct(const char *name, const QString &iconName, const QKeySequence &key,
                     void (OpportunityActs::*does)());
    void answer();
    void shelve();
    void closeHandled();
    void discard();

    Desk &m_desk;
    QWidget *m_page;
    Opportunity m_opportunity;
    QAction *m_answer;
    QAction *m_shelve;
    QAction *m_handled;
    QAction *m_discard;
};

/// Asks for what the operations centre wants to know of an opportunity (domain C7).
void askForAnswer(Desk &desk, QWidget *parent, const RecordId &opportunity);

/// Notes that the first contact was made just now.
void noteFirstContact(Desk &desk, QWidget *parent, const RecordId &opportunity);

/// Whether the person may give it back, and it is where it can be given back from.
bool mayReturn(Workbench &workbench, const Opportunity &opportunity);

/// Asks why an opportunity is given back and to which queue, and returns it (domain C7).
void askToReturn(Desk &desk, QWidget *parent, const Opportunity &opportunity);

/// Asks why it is no opportunity, and takes it out of work.
void askToDiscard(Desk &desk, QWidget *parent, const RecordId &opportunity);

} // namespace keydesk
