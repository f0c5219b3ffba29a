#include "dispatch/status_text.h"

#include "domain/team.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(CommandContext &context, const RecordId &staff)
{
    const auto person = context.tx.find<Staff>(staff);
    return person ? person->name : QString();
}

QString localTime(Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(at.ms, Qt::OffsetFromUTC, 8 * 3600)
        .toString(u"M月d日HH:mm"_s);
}

QString stageWord(SalesStage stage)
{
    return EnumTable<SalesStage>::keys[std::size_t(stage)].label.text(QLocale::Chinese);
}

QString dispatchedText(CommandContext &context, const Opportunity &opportunity)
{
    if (!opportunity.assigneeId.isNull())
        return u"已分派给%1，待认领"_s.arg(nameOf(context, opportunity.assigneeId));
    const auto team = context.tx.find<Team>(opportunity.queueId);
    return u"已转至%1，待认领"_s.arg(team ? team->name : u"销售团队"_s);
}

QString claimedText(CommandContext &context, const Opportunity &opportunity)
{
    const QString who = u"%1于%2认领"_s.arg(nameOf(context, opportunity.ownerId),
                                            localTime(opportunity.claimedAt));
    if (opportunity.salesStage == SalesStage::Shelved)
        return who + u"，客户暂缓，约定%1再联系"_s.arg(opportunity.revisitOn.toString(u"M月d日"_s));
    if (opportunity.firstContactAt.isNull() && opportunity.salesStage == SalesStage::None)
        return who + u"，待联系客户"_s;
    return who + u"，当前阶段：%1"_s.arg(stageWord(opportunity.salesStage));
}

QString closedText(const Opportunity &opportunity)
{
    switch (opportunity.custodyReason) {
    case CustodyReason::Won:
        return u"已成交"_s;
    case CustodyReason::Lost:
        return u"未成交，已了结"_s;
    case CustodyReason::HandledAtFirstContact:
        return u"已由首问渠道办结"_s;
    default:
        return u"已了结"_s;
    }
}

} // namespace

QString statusTextOf(CommandContext &context, const Opportunity &opportunity)
{
    switch (opportunity.custodyState) {
    case CustodyState::Captured:
    case CustodyState::Identified:
        return u"已登记"_s;
    case CustodyState::NeedsInfo:
        return u"运营中心要求补充信息"_s;
    case CustodyState::Dispatching:
        return u"运营中心正在安排"_s;
    case CustodyState::Dispatched:
        return dispatchedText(context, opportunity);
    case CustodyState::Claimed:
        return claimedText(context, opportunity);
    case CustodyState::Returned:
    case CustodyState::Expired:
        return u"运营中心正在重新安排"_s;
    case CustodyState::Closed:
        return closedText(opportunity);
    case CustodyState::Invalid:
        return u"已作废"_s;
    case CustodyState::Merged:
        return u"已并入同一客户的另一商机"_s;
    }
    return {};
}

} // namespace keydesk
