#include "ui/pages/opportunity_progress.h"

#include "base/date_text.h"
#include "domain/assignment.h"

#include <QCoreApplication>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// The sentences, in a context of their own for the translator.
struct Progress
{
    Q_DECLARE_TR_FUNCTIONS(keydesk::Progress)

public:
    static QString dispatched(const Opportunity &opportunity, const RecordLookup &lookup)
    {
        const QString person = lookup.title(u"staff"_s, opportunity.assigneeId.text());
        if (!person.isEmpty())
            return tr("Dispatched to %1, to be claimed").arg(person);
        return tr("Passed to %1, to be claimed", "a team")
            .arg(lookup.title(u"team"_s, opportunity.queueId.text()));
    }

    static QString claimed(const Opportunity &opportunity, const RecordLookup &lookup)
    {
        const QString who = tr("Claimed by %1 at %2")
                                .arg(lookup.title(u"staff"_s, opportunity.ownerId.text()),
                                     formatInstant(opportunity.claimedAt, businessZone()).mid(5));
        if (opportunity.salesStage == SalesStage::Shelved)
            return tr("%1; the customer waits until %2", "claimed by, date")
                .arg(who, opportunity.revisitOn.toString(Qt::ISODate));
        if (opportunity.salesStage == SalesStage::None && opportunity.firstContactAt.isNull())
            return tr("%1; the customer is to be called", "claimed by").arg(who);
        return tr("%1; stage: %2", "claimed by, stage").arg(who, labelOf(opportunity.salesStage));
    }

    static QString closed(const Opportunity &opportunity)
    {
        return opportunity.custodyReason == CustodyReason::None
            ? labelOf(opportunity.custodyState)
            : tr("%1: %2", "closed, why")
                  .arg(labelOf(opportunity.custodyState), labelOf(opportunity.custodyReason));
    }

    static QString of(const Opportunity &opportunity, const RecordLookup &lookup)
    {
        switch (opportunity.custodyState) {
        case CustodyState::Captured:
        case CustodyState::Identified:
            return tr("Registered");
        case CustodyState::NeedsInfo:
            return tr("The operations centre asks for information");
        case CustodyState::Dispatching:
            return tr("The operations centre is placing it");
        case CustodyState::Dispatched:
            return dispatched(opportunity, lookup);
        case CustodyState::Claimed:
            return claimed(opportunity, lookup);
        case CustodyState::Returned:
        case CustodyState::Expired:
            return tr("The operations centre is placing it anew");
        default:
            return closed(opportunity);
        }
    }
};

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
    return Progress::of(opportunity, lookup);
}

QString noticeBody(const Notification &notice, const ReplicaReader &reader,
                   const RecordLookup &lookup)
{
    QString body = notice.body;
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
