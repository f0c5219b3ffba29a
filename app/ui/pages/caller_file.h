#pragma once

#include "ui/shell/workspace.h"

class QListWidget;

namespace keydesk {

class TextLabel;

// What one may say to a caller about his organisation, as far as its file is on this PC: the open
// opportunities, each opened with Enter, and the last contacts. Takes no room while there is none.
class CallerFile final : public QWidget
{
    Q_OBJECT

public:
    explicit CallerFile(Desk &desk, QWidget *parent = nullptr);

    /// Empty: nobody.
    void show(const QString &account);
    int openOpportunities() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void addOpportunities();
    void addContacts();

    Desk &m_desk;
    QString m_account;
    TextLabel *m_openTitle;
    QListWidget *m_open;
    TextLabel *m_lastTitle;
    TextLabel *m_last;
};

} // namespace keydesk
