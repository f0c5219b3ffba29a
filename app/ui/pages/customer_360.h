#pragma once

#include "ui/pages/list_pane.h"

class QLineEdit;
class QPushButton;
class QTabWidget;

namespace keydesk {

class BadgeLabel;
class ChildPane;
class HighlightsBar;
enum class NoteKind;
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
    /// The focus goes to the story, where the keys of the acts work.
    void takeFocus();

Q_SIGNALS:
    void backRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void buildActs();
    void buildProfile(QWidget *parent);
    void buildStory(QWidget *parent);
    void buildLists(QWidget *parent);
    void showLists();
    void lockFields(const Row &row);
    void retranslate();
    void refresh();
    void showHead(const Row &row);
    void save();
    void addNote();
    void askForVisit();
    void writeDown(const QString &text, NoteKind kind);

    Desk &m_desk;
    RecordId m_account;
    QPushButton *m_back;
    TextLabel *m_name;
    BadgeLabel *m_badges;
    TextLabel *m_manager;
    HighlightsBar *m_figures;
    RecordForm *m_profile;
    QPushButton *m_save;
    QLineEdit *m_noteText;
    QPushButton *m_noteAdd;
    Timeline *m_timeline;
    TimelineModel *m_events;
    QTabWidget *m_lists;
    ChildPane *m_people;
    ChildPane *m_sites;
    ListPane *m_assignments;
    ListPane *m_tasks;
    QAction *m_give;
    ListPane *m_opportunities;
    QAction *m_write;
    QAction *m_visit;
    QAction *m_task;
    QAction *m_edit;
};

} // namespace keydesk
