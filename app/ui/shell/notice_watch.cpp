#include "ui/shell/notice_watch.h"

#include "commands/staff_commands.h"
#include "domain/notification.h"
#include "ui/pages/opportunity_progress.h"

namespace keydesk {

using namespace Qt::StringLiterals;

NoticeWatch::NoticeWatch(Desk &desk)
    : m_desk(desk)
{
    connect(&desk.workbench, &Workbench::ready, this, &NoticeWatch::refresh);
    connect(&desk.workbench, &Workbench::signedOut, this, [this] { m_known.reset(); });
    connect(&desk.workbench, &Workbench::changed, this, [this](const ChangeSet &changes) {
        if (changes.touches(u"notification"_s))
            refresh();
    });
}

void NoticeWatch::refresh()
{
    if (!m_desk.workbench.isReady())
        return;
    const ReplicaReader &reader = m_desk.workbench.reader();
    const bool announce = m_known.has_value(); // the first look finds what was there before
    QSet<QString> unread;
    for (const Row &row :
         reader.store()
             .select(m_desk.workbench.catalog().entity(u"notification"_s),
                     "staff_id = ? AND read_at IS NULL AND deleted_at IS NULL ORDER BY at",
                     {Cell(m_desk.workbench.me().id.text())})) {
        const auto notice = fromRow<Notification>(row);
        unread.insert(notice.id.text());
        if (!announce || m_known->contains(notice.id.text()))
            continue;
        const QString body = noticeBody(notice, reader, m_desk.lookup);
        announceNotice(notice, body);
    }
    m_known = std::move(unread);
}

void NoticeWatch::announceNotice(const Notification &notice, const QString &body)
{
    const QString text = labelOf(notice.kind) + u": "_s + notice.title
        + (body.isEmpty() ? QString() : u" · "_s + body);
    const BadgeKind kind = notice.severity == Severity::Urgent ? BadgeKind::Warn : BadgeKind::Info;
    if (notice.subjectId.isNull())
        return m_desk.toasts.show(text, kind);
    m_desk.toasts.showOpen(text, kind,
                           [desk = &m_desk, entity = notice.subjectEntity,
                            id = notice.subjectId.text(), notification = notice.id] {
                               MarkNotificationRead read;
                               read.notification = notification;
                               desk->workbench.run(callOf(read));
                               desk->openRecord(entity, id);
                           });
}

} // namespace keydesk
