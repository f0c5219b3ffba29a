#include "importing/demo/demo_story.h"

namespace keydesk {

using namespace Qt::StringLiterals;

void DemoStory::firstContact(Instant at)
{
    opportunity.firstContactAt = opportunity.lastActivityAt = at;
    m_time = std::max(m_time, at);
    if (opportunity.salesStage == SalesStage::None)
        enterStage(SalesStage::Talk, at);
}

void DemoStory::enterStage(SalesStage stage, Instant at)
{
    Q_ASSERT(opportunity.custodyState == CustodyState::Claimed);
    Q_ASSERT(mayMove(opportunity.salesStage, stage));
    Q_ASSERT(missingForStage(opportunity, stage).isEmpty());
    opportunity.salesStage = stage;
    opportunity.stageEnteredAt = opportunity.lastActivityAt = at;
    opportunity.probBp = probabilityOf(stage);
    m_time = std::max(m_time, at);
    say();
}

void DemoStory::advanceTo(SalesStage stage, Instant at)
{
    const int steps = int(stage) - int(opportunity.salesStage);
    const qint64 span = at - m_time;
    const Instant from = m_time;
    for (int i = 1; i <= steps; ++i) {
        enterStage(SalesStage(int(opportunity.salesStage) + 1), from + span * i / steps);
        m_actor = opportunity.ownerId;
        m_told.clear();
        tell(opportunity.capturedBy, NotificationKind::Progress, Severity::Info,
             opportunity.statusText);
    }
}

void DemoStory::win(Instant at)
{
    enterStage(SalesStage::Won, at);
    opportunity.wonAt = at;
    close(at, CustodyReason::Won, opportunity.ownerId);
}

void DemoStory::lose(Instant at, LostReason reason, const QString &competitor)
{
    opportunity.lostReason = reason;
    opportunity.lostCompetitor = competitor;
    enterStage(SalesStage::Lost, at);
    close(at, CustodyReason::Lost, opportunity.ownerId);
}

void DemoStory::shelve(Instant at, const QDate &revisitOn)
{
    opportunity.revisitOn = revisitOn;
    enterStage(SalesStage::Shelved, at);
}

void DemoStory::note(Instant at, const RecordId &author, NoteKind kind, const QString &text)
{
    auto note = m_world.born<Note>(at, author);
    note.subjectEntity = u"opportunity"_s;
    note.subjectId = opportunity.id;
    note.authorId = author;
    note.kind = kind;
    note.body = text;
    note.at = at;
    m_notes.push_back(std::move(note));
}

void DemoStory::addItem(const ProductOffering &product, int quantity, ItemAction action)
{
    auto item = m_world.born<OpportunityItem>(opportunity.capturedAt, opportunity.createdBy);
    item.opportunityId = opportunity.id;
    item.productId = product.id;
    item.quantity = quantity;
    item.action = action;
    item.discountBp = {m_world.random.between(0, 4) * 250};
    item.monthlyFen = {product.listPriceFen.fen * quantity * (10'000 - item.discountBp.value)
                       / 10'000};
    item.termMonths = m_world.random.chance(50) ? 12 : 24;
    item.position = int(m_items.size());
    m_items.push_back(std::move(item));
}

} // namespace keydesk
