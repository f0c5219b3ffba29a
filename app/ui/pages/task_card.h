#pragma once

#include "domain/task.h"
#include "ui/shell/workspace.h"

class QHBoxLayout;
class QPushButton;

namespace keydesk {

class BadgeLabel;
class TextLabel;
class Timeline;
class TimelineModel;

// What one needs to do a task, beside the list of tasks: why it is first, whom to call, what was
// said last. It offers the page's actions and runs no command itself.
class TaskCard final : public QWidget
{
    Q_OBJECT

public:
    TaskCard(Desk &desk, const QList<QAction *> &actions, QWidget *parent = nullptr);

    /// Shows a task; an empty or unknown id says that there is none to show.
    void show(const QString &task);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildActs(const QList<QAction *> &actions);
    void refresh();
    void showClock();
    QString subjectWords() const;

    Desk &m_desk;
    Task m_task;
    TextLabel *m_title;
    BadgeLabel *m_badges;
    QPushButton *m_customer;
    TextLabel *m_details;
    TextLabel *m_subject;
    QWidget *m_acts;
    TextLabel *m_storyTitle;
    Timeline *m_story;
    TimelineModel *m_events;
};

} // namespace keydesk
