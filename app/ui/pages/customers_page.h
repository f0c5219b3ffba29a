#pragma once

#include "ui/pages/list_pane.h"

class QStackedWidget;

namespace keydesk {

class Customer360;

// The customers this person serves, and everything about one of them.
class CustomersPage final : public Workspace
{
    Q_OBJECT

public:
    explicit CustomersPage(Desk &desk, QWidget *parent = nullptr);
    void arrive() override;
    QList<QAction *> pageActions() const override;
    bool showRecord(const QString &entity, const QString &id) override;

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showList();
    void retranslate();
    void open(const QString &id);
    void neighbour(int step);

    QStackedWidget *m_views;
    ListPane *m_list;
    Customer360 *m_detail;
    void startNew();
    QAction *m_new;
    QAction *m_open;
    QAction *m_next;
    QAction *m_previous;
    QAction *m_back;
};

} // namespace keydesk
