#pragma once

#include "models/roles.h"

#include <QAbstractButton>

namespace keydesk {

// The honest words about the user's own work: saved here, queued, accepted by the server, needs
// you. "Synced" never means "I can see it". Click opens the sync centre; that is the owner's doing.
class SyncChip final : public QAbstractButton
{
    Q_OBJECT

public:
    enum class State { SavedHere, Queued, Synced, NeedsYou };

    explicit SyncChip(QWidget *parent = nullptr);

    /// `count` is the number of records in Queued and NeedsYou.
    /// `queued` is what waits for the server beside what needs the person.
    void setState(State state, int count = 0, int queued = 0);
    /// No server can be reached; the state of the work is still shown.
    void setOffline(bool offline);
    State state() const { return m_state; }
    /// The chip's words in the language of the moment.
    QString words() const;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    BadgeKind kind() const;

    State m_state = State::Synced;
    int m_count = 0;
    int m_queued = 0;
    bool m_offline = false;
};

} // namespace keydesk
