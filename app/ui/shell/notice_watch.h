#pragma once

#include "ui/shell/workspace.h"

namespace keydesk {

struct Notification;

// Shows a toast when a notice for this person arrives while he works, and counts what he has not
// read. What was there before he came is in the list and makes no noise.
class NoticeWatch final : public QObject
{
    Q_OBJECT

public:
    explicit NoticeWatch(Desk &desk);

    int unread() const { return m_known ? int(m_known->size()) : 0; }

private:
    void refresh();
    void announceNotice(const Notification &notice, const QString &body);

    Desk &m_desk;
    std::optional<QSet<QString>> m_known; // unread ones that were seen; none: not looked yet
};

} // namespace keydesk
