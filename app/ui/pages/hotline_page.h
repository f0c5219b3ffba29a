#pragma once

#include "domain/opportunity.h"
#include "ui/pages/list_pane.h"

#include <QPointer>
#include <QTimer>

class QPushButton;

namespace keydesk {

class CallerPanel;
class ContactFacts;
class ElementBar;
class InlineMessage;
class RecordForm;
class RoutingPanel;
class TextLabel;

// The capture page of a seat: number -> who calls, the six elements of the opportunity, who gets it
// and why before it is saved, and what became of what was captured here.
class HotlinePage final : public Workspace
{
    Q_OBJECT

public:
    explicit HotlinePage(Desk &desk, QWidget *parent = nullptr);
    void arrive() override;
    /// A line of the directory, as if its number had called.
    /// "account/<id>": as if this customer had called.
    void showFiltered(const QString &filter) override;
    bool showRecord(const QString &entity, const QString &id) override;

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildCaller();
    QWidget *buildOtherCaller(QWidget *parent);
    QWidget *buildForm();
    void addElements();
    void retranslate();
    void followCaller();
    void takeNumber();
    void startForCaller();
    void goOn();
    bool keepsFor(const QString &account);
    FieldValues withCaller(FieldValues values) const;
    Opportunity drafted() const;
    void preview();
    void record();
    void recordHandled();
    bool asksFirst();
    void send(bool handled, const QString &handledNote);
    void setSending(bool sending);
    void recorded(const RunOutcome &outcome, const RecordId &id);
    QString wordsFor(const RecordId &recorded) const;
    void reset();
    void nextCall();
    void offerBack(const QString &done, const Arguments &before);
    Arguments draft() const;
    void restore(const Arguments &draft);
    void saveDraft();
    void restoreDraft();

    CallerPanel *m_caller;
    ElementBar *m_elements;
    RecordForm *m_form;
    ContactFacts *m_facts;
    InlineMessage *m_otherCaller;
    QAction *m_recordAct;
    QAction *m_numberAct;
    QAction *m_startNew;
    QAction *m_keepTyped;
    RoutingPanel *m_route;
    QPushButton *m_handled;
    QPushButton *m_record;
    QPushButton *m_clear;
    TextLabel *m_capturedTitle;
    ListPane *m_captured;
    QTimer m_previewPause;
    QPointer<QWidget> m_lastFocus; // before something was sent
    QString m_takenNumber; // the caller's number as it was put into the form
    QString m_typedFor; // the number that called when the form was begun
    bool m_goOn = false; // Enter on the number waits for who it is
    bool m_filling = false;
    bool m_sending = false; // recorded, and not answered yet
};

} // namespace keydesk
