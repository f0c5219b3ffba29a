#pragma once

#include "workbench.h"

#include <QWidget>

class QLabel;

namespace keydesk {

class SyncChip;

// The foot of the window: the four honest words about the person's own work, when it last agreed
// with the server, and who is signed in.
class StatusLine final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLine(Workbench &workbench, QWidget *parent = nullptr);

Q_SIGNALS:
    void centreRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();

    Workbench &m_workbench;
    SyncChip *m_chip;
    QLabel *m_line;
    QLabel *m_person;
};

} // namespace keydesk
