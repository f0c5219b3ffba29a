#pragma once

#include "ui/pages/list_pane.h"

class QPushButton;
class QScrollArea;

namespace keydesk {

class BadgeLabel;
class CustomerLists;
class HighlightsBar;
class NoteEdit;
class RecordForm;
class StatePane;
class TextLabel;
class Timeline;
class TimelineModel;

// Everything about one customer: levels and figures, the whole file with editing in place, what
// happened, people, places, opportunities, tasks and who looks after it. Reads the replica and
// turns gestures into commands.
class Customer360 final : public QWidget
{
    Q_OBJECT

public:
    explicit Customer360(Desk &desk, QWidget *parent = nullptr);

    /// False if the customer is not here.
    bool show(const RecordId &account);
    const RecordId &account() const { return m_account; }

    /// Shows a contact or a site among its like; takeFocus() then goes there.
    void showPart(const QString &entity, const QString &id);
    /// The focus goes to the story, where the keys of the acts work.
    void takeFocus();

Q_SIGNALS:
    void backRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void buildProfile(QWidget *parent);
    void buildStory(QWidget *parent);
    void lockFields(const Row &row);
    bool mayRecordFor(const RecordId &account) const;
    void watchOpen();
    void fitProfile();
    void retranslate();
    void refresh();
    void buildActs();
    void showHead(const Row &row);
    void showFigures(const Row &row);
    void followFigure(const QString &id);
    void save();
    void showSaved(const RecordId &account, const FieldValues &sent,
                   const Result<RunOutcome> &outcome);
    void askForVisit();

    Desk &m_desk;
    RecordId m_account;
    bool m_partWanted = false;
    QPushButton *m_back;
    TextLabel *m_name;
    BadgeLabel *m_badges;
    TextLabel *m_manager;
    HighlightsBar *m_figures;
    QScrollArea *m_profileScroll;
    RecordForm *m_profile;
    NoteEdit *m_noteText;
    QPushButton *m_noteAdd;
    Timeline *m_timeline;
    TimelineModel *m_events;
    CustomerLists *m_lists;
    LiveTally *m_open;
    LiveTally *m_tasks;
    QAction *m_write;
    QAction *m_visit;
    QAction *m_task;
    QAction *m_opportunity;
    QAction *m_edit;
};

} // namespace keydesk
