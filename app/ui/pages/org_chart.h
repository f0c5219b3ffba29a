#pragma once

#include "ui/shell/workspace.h"

#include <QTreeWidget>

namespace keydesk {

// The people of a customer by whom they report to (domain A12): who decides, how far he is ours.
// Arrows open and close branches, Enter asks for the person's file. Changes nothing itself.
class OrgChart final : public QTreeWidget
{
    Q_OBJECT

public:
    explicit OrgChart(Desk &desk, QWidget *parent = nullptr);

    void showOf(const RecordId &account);

Q_SIGNALS:
    void opened(const keydesk::RecordId &contact);

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    QTreeWidgetItem *itemFor(const Row &row) const;

    Desk &m_desk;
    RecordId m_account;
};

} // namespace keydesk
