#include "ui/pages/notice_list.h"

#include "domain/notification.h"
#include "query/computed_fields.h"
#include "ui/pages/opportunity_progress.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

QVariant severityBadge(const RecordTableModel &rows, int row)
{
    const QString severity = rows.cellAt(row, u"severity"_s).text();
    const BadgeKind kind = severity == u"urgent" ? BadgeKind::Danger
        : severity == u"important"               ? BadgeKind::Warn
                                                 : BadgeKind::Neutral;
    return QVariant::fromValue(Badge{kind, rows.textAt(row, u"severity"_s)});
}

QVariant isNoticeRead(const RecordTableModel &rows, int row)
{
    return !rows.cellAt(row, u"read_at"_s).isNull();
}

} // namespace

void setUpNotices(ListPane &list, Desk &desk)
{
    list.model().setSyncColumn(false);
    list.model().setLook(u"severity"_s, BadgeRole, severityBadge);
    // What was read steps back, so that the unread stand out.
    for (const QString &column : {u"title"_s, u"body"_s, u"at"_s, u"account_id"_s})
        list.model().setLook(column, MutedRole, isNoticeRead);
    // The server's sentence is in Chinese; what it stands for is not.
    list.model().setLook(u"body"_s, Qt::DisplayRole,
                         [&desk](const RecordTableModel &rows, int row) {
                             const auto notice = desk.workbench.reader().find<Notification>(
                                 RecordId(rows.idAt(row)));
                             return notice ? QVariant(
                                        noticeBody(*notice, desk.workbench.reader(), desk.lookup))
                                           : QVariant();
                         });
    list.hideByDefault({u"read_at"_s});
    RowQuery notices;
    notices.entity = u"notification"_s;
    notices.fields = {u"at"_s,   u"severity"_s,   u"kind"_s,   u"title"_s,
                      u"body"_s, u"account_id"_s, u"read_at"_s};
    notices.filter.all = {Filter::is(u"staff_id"_s, desk.workbench.me().id.text())};
    notices.computed = {isFilledField(u"is_read"_s, u"read_at"_s, {"已读", "Read"})};
    notices.order = {{u"is_read"_s, false}, {u"at"_s, true}};
    list.setQuery(notices, {{u"unread"_s, {"未读", "Unread"}, {Filter::isEmpty(u"read_at"_s)}}});
}

} // namespace keydesk
