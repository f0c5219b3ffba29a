#include "rules/progress_text.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// One sentence being said in one language.
class Teller
{
public:
    Teller(const Opportunity &opportunity, const ProgressNames &names, QLocale::Language language)
        : m_opportunity(opportunity)
        , m_names(names)
        , m_language(language)
    {
    }

    QString tell() const
    {
        switch (m_opportunity.custodyState) {
        case CustodyState::Captured:
        case CustodyState::Identified:
            return say({"已登记", "Registered"});
        case CustodyState::NeedsInfo:
            return say({"运营中心要求补充信息", "The operations centre asks for information"});
        case CustodyState::Dispatching:
            return say({"运营中心正在安排", "The operations centre is placing it"});
        case CustodyState::Dispatched:
            return dispatched();
        case CustodyState::Claimed:
            return claimed();
        case CustodyState::Returned:
        case CustodyState::Expired:
            return say({"运营中心正在重新安排", "The operations centre is placing it anew"});
        case CustodyState::Closed:
            return closed();
        case CustodyState::Invalid:
            return say({"已作废", "Discarded"});
        case CustodyState::Merged:
            return say({"已并入同一客户的另一商机", "Merged into another of the same customer"});
        }
        return {};
    }

private:
    QString say(Label sentence) const { return sentence.text(m_language); }

    QString day(const QDate &date) const
    {
        return m_language == QLocale::Chinese ? date.toString(u"M月d日"_s)
                                              : date.toString(Qt::ISODate);
    }

    QString time(Instant at) const
    {
        const auto local = QDateTime::fromMSecsSinceEpoch(at.ms, Qt::OffsetFromUTC, 8 * 3600);
        return m_language == QLocale::Chinese ? local.toString(u"M月d日HH:mm"_s)
                                              : local.toString(u"MM-dd HH:mm"_s);
    }

    QString dispatched() const
    {
        if (!m_opportunity.assigneeId.isNull())
            return say({"已分派给%1，待认领", "Dispatched to %1, to be claimed"})
                .arg(m_names.assignee);
        if (m_names.team.isEmpty())
            return say({"已转至销售团队，待认领", "Passed to a sales team, to be claimed"});
        return say({"已转至%1，待认领", "Passed to %1, to be claimed"}).arg(m_names.team);
    }

    QString claimed() const
    {
        const QString who = say({"%1于%2认领", "Claimed by %1 at %2"})
                                .arg(m_names.owner, time(m_opportunity.claimedAt));
        if (m_opportunity.salesStage == SalesStage::Shelved)
            return say({"%1，客户暂缓，约定%2再联系", "%1; the customer waits until %2"})
                .arg(who, day(m_opportunity.revisitOn));
        if (m_opportunity.firstContactAt.isNull() && m_opportunity.salesStage == SalesStage::None)
            return say({"%1，待联系客户", "%1; the customer is to be called"}).arg(who);
        const Label stage = EnumTable<SalesStage>::keys[std::size_t(m_opportunity.salesStage)]
                                .label;
        return say({"%1，当前阶段：%2", "%1; stage: %2"}).arg(who, stage.text(m_language));
    }

    QString closed() const
    {
        switch (m_opportunity.custodyReason) {
        case CustodyReason::Won:
            return say({"已成交", "Won"});
        case CustodyReason::Lost:
            return say({"未成交，已了结", "Not won; closed"});
        case CustodyReason::HandledAtFirstContact:
            return say({"已由首问渠道办结", "Settled by the channel that met the customer"});
        default:
            return say({"已了结", "Closed"});
        }
    }

    const Opportunity &m_opportunity;
    const ProgressNames &m_names;
    QLocale::Language m_language;
};

} // namespace

QString progressText(const Opportunity &opportunity, const ProgressNames &names,
                     QLocale::Language language)
{
    return Teller(opportunity, names, language).tell();
}

} // namespace keydesk
