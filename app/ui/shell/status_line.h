#pragma once

#include "query/live_query.h"
#include "workbench.h"

#include <QWidget>

class QAction;
class QLabel;
class QMenu;
class QToolButton;

namespace keydesk {

class SyncChip;

// The foot of the window: the four honest words about the person's own work, when it last agreed
// with the server, unread notices, and who is signed in with what is his: theme, language, the
// way out.
class StatusLine final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLine(Workbench &workbench, QWidget *parent = nullptr);

    /// What the menu under the person's name offers.
    void setPersonActions(const QList<QAction *> &actions);

Q_SIGNALS:
    void centreRequested();
    void noticesRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void showNotices();
    void watchNotices();
    QString lineText() const;

    Workbench &m_workbench;
    LiveTally m_notices;
    SyncChip *m_chip;
    QLabel *m_line;
    QToolButton *m_bell;
    QToolButton *m_person;
    QMenu *m_menu;
};

} // namespace keydesk
