#include "ui/pages/opportunity_progress.h"

#include "base/both_words.h"
#include "domain/assignment.h"
#include "rules/progress_text.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// The body of these kinds is the server's sentence on the state; the others carry what a person
// wrote.
bool saysProgress(NotificationKind kind)
{
    switch (kind) {
    case NotificationKind::General:
    case NotificationKind::Claimed:
    case NotificationKind::Progress:
        return true;
    default:
        return false;
    }
}

} // namespace

QString progressText(const Opportunity &opportunity, const RecordLookup &lookup)
{
    return progressText(opportunity,
                        {lookup.title(u"staff"_s, opportunity.assigneeId.text()),
                         lookup.title(u"staff"_s, opportunity.ownerId.text()),
                         lookup.title(u"team"_s, opportunity.queueId.text())},
                        QLocale().language());
}

QString noticeBody(const Notification &notice, const ReplicaReader &reader,
                   const RecordLookup &lookup)
{
    QString body = chosenWords(notice.body);
    if (saysProgress(notice.kind) && notice.subjectEntity == u"opportunity") {
        if (const auto about = reader.find<Opportunity>(notice.subjectId))
            body = progressText(*about, lookup);
    }
    if (notice.kind == NotificationKind::Assigned) {
        // Stored as the role's Chinese label: shown in the reader's language.
        for (const EnumKey &key : EnumTable<AssignmentRole>::keys) {
            if (notice.body == key.label.text(QLocale::Chinese))
                body = key.label.text();
        }
    }
    return body;
}

} // namespace keydesk
