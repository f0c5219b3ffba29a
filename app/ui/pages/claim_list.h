#pragma once

#include "ui/shell/workspace.h"

namespace keydesk {

class ListPane;
class TextLabel;

// What was dispatched to this person, or to his team's queue, and waits to be claimed, by its
// clock. Takes no room while nothing waits. Enter opens, C claims.
class ClaimList final : public QWidget
{
    Q_OBJECT

public:
    explicit ClaimList(Desk &desk, QWidget *parent = nullptr);

    int count() const;
    void focusList();

Q_SIGNALS:
    /// count() is another.
    void counted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void ask();
    void fit();
    void claim();

    Desk &m_desk;
    TextLabel *m_title;
    ListPane *m_list;
    QAction *m_claim;
};

} // namespace keydesk
