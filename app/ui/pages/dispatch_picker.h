#pragma once

#include "domain/opportunity.h"
#include "ui/shell/workspace.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace keydesk {

// Everybody and every queue an opportunity may be given to by hand, with what the rules hold
// against each: the dispatcher's way on when no suggestion fits, and for every second transfer.
// It runs no command.
class DispatchPicker final : public QDialog
{
    Q_OBJECT

public:
    DispatchPicker(Desk &desk, const Opportunity &opportunity, QWidget *parent);

Q_SIGNALS:
    /// One of the two ids is null.
    void chosen(const keydesk::RecordId &staff, const keydesk::RecordId &queue,
                const QString &note);

private:
    void fillPeople(const Opportunity &opportunity);
    void fillQueues(const Opportunity &opportunity);
    QTreeWidgetItem *addLine(const QString &name, const QString &load, const QString &words);
    void narrow(const QString &text);
    void confirm();

    Desk &m_desk;
    QLineEdit *m_filter;
    QTreeWidget *m_list;
    QLineEdit *m_note;
    QPushButton *m_ok;
};

} // namespace keydesk
