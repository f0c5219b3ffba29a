#include "domain/industry.h"
#include "domain/reference_id.h"
#include "importing/demo/demo_steps.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int trendMonths = 24;

/// Monthly spend of the last 24 months around `level`: level, rising, falling or seasonal.
std::vector<qint64> spendHistory(DemoRandom &random, qint64 level)
{
    const int shape = random.between(0, 9); // 0-4 level, 5-6 rising, 7-8 falling, 9 seasonal
    std::vector<qint64> months;
    for (int m = 0; m < trendMonths; ++m) {
        const double age = double(trendMonths - 1 - m) / trendMonths;
        double factor = 1.0;
        if (shape == 5 || shape == 6)
            factor = 1.0 - 0.4 * age;
        else if (shape == 7 || shape == 8)
            factor = 1.0 + 0.6 * age;
        else if (shape == 9)
            factor = 1.0 + 0.25 * std::sin(double(m) * 3.14159265 / 6.0);
        const double noise = 0.95 + 0.1 * random.fraction();
        months.push_back(qint64(double(level) * factor * noise) / 100 * 100);
    }
    return months;
}

QString trendJson(const QDate &today, const std::vector<qint64> &months)
{
    QJsonArray figures;
    for (qint64 fen : months)
        figures.append(fen);
    const QDate first = QDate(today.year(), today.month(), 1).addMonths(-trendMonths);
    const QJsonObject trend{{u"from"_s, first.toString(u"yyyy-MM")}, {u"fen"_s, figures}};
    return QString::fromUtf8(QJsonDocument(trend).toJson(QJsonDocument::Compact));
}

void fillSpend(DemoWorld &world, Account &account)
{
    // Pareto-like: a few spend most of it.
    const double u = 0.004 + 0.996 * world.random.fraction();
    const qint64 level = qint64(40'000.0 / std::pow(u, 1.15)) / 100 * 100; // fen a month
    const auto months = spendHistory(world.random, level);
    account.spendTrend = trendJson(world.today, months);
    const qint64 year = std::accumulate(months.end() - 12, months.end(), qint64(0));
    account.ownRevenueMonthFen = {year / 12};
    const bool all = world.random.chance(40);
    account.spendBasis = all ? SpendBasis::TotalTelecom : SpendBasis::OwnRevenue;
    account.spendMonthFen = {all ? year / 12 * world.random.between(105, 160) / 100 : year / 12};
    account.status = months.back() * 100 < months[trendMonths - 12] * 82 ? AccountStatus::AtRisk
                                                                         : AccountStatus::Active;
    account.coopSince = world.today.addDays(-world.random.between(800, 6000));
    account.creditGrade = CreditGrade(world.random.between(1, 4));
    account.creditLimitFen = {account.spendMonthFen.fen * 3 / 10'000 * 10'000};
}

void fillCharacteristics(DemoWorld &world, Account &account, bool isPublic)
{
    DemoRandom &random = world.random;
    const qint64 spend = std::max<qint64>(account.spendMonthFen.fen, 50'000);
    account.employees = int(std::min<qint64>(spend / 8'000 + random.between(5, 60), 9'000));
    account.branches = std::min(account.employees / 60, 40);
    account.customerCount = random.between(10, 5'000);
    account.turnoverFen = {isPublic ? 0 : spend * random.between(600, 3'000)};
    account.growthBp = {random.between(-1'200, 2'500)};
    account.whiteCollarBp = {random.between(1'000, 9'000)};
    account.leasedLines = int(std::min<qint64>(spend / 250'000, 60));
    account.foundedOn = world.today.addDays(-random.between(2'000, 14'000));
    account.ownership = isPublic ? Ownership::PartyGov
        : random.chance(20)      ? Ownership::StateLocal
        : random.chance(10)      ? Ownership::Foreign
                                 : Ownership::Private;
}

Account makeAccount(DemoWorld &world, const QString &area, int serial, bool potential)
{
    const Instant birth = world.daysAgo(potential ? world.random.between(2, 200)
                                                  : world.random.between(300, 880));
    auto account = world.born<Account>(birth, world.staff.front().id);
    const DemoOrganisation organisation = world.names.organisation(area);
    account.name = organisation.name;
    account.shortName = organisation.shortName;
    account.industryId = referenceId(u"industry", organisation.industryCode);
    account.areaId = referenceId(u"area", area);
    account.phone = world.names.landline(area);
    account.address = demoCity(area) + u'市' + world.names.district(area) + world.names.street();
    if (!potential) {
        // No real credit code holds an O: this one belongs to nobody.
        account.groupCode = area.left(3) + u"%1"_s.arg(1000000 + serial * 37);
        account.uscc = (organisation.isPublic ? u"12"_s : u"91"_s) + area + u"00DEMO"_s
            + u"%1"_s.arg(serial, 6, 10, QLatin1Char('0'));
        fillSpend(world, account);
    } else if (organisation.isPublic) {
        account.potentialReason.keys = {keyOf(PotentialReason::GovPartyMilitary)};
    } else if (world.random.chance(30)) {
        account.potentialReason.keys = {keyOf(PotentialReason::Strategic)};
    }
    fillCharacteristics(world, account, organisation.isPublic);
    account.segment = account.employees >= 300 ? Segment::Large : Segment::Sme;
    return account;
}

/// Value classes by cumulative revenue 50/80/95/100 %, tiers within the key-account set (domain A6,
/// A8), stars after both; over the accounts of one area.
void grade(std::vector<Account *> accounts, Money floor)
{
    std::sort(accounts.begin(), accounts.end(), [](const Account *a, const Account *b) {
        return a->ownRevenueMonthFen > b->ownRevenueMonthFen;
    });
    qint64 total = 0;
    qint64 keyTotal = 0;
    for (const Account *account : accounts) {
        total += account->ownRevenueMonthFen.fen;
        keyTotal += account->spendMonthFen >= floor ? account->spendMonthFen.fen : 0;
    }
    qint64 before = 0;
    qint64 keyBefore = 0;
    for (Account *account : accounts) {
        if (account->ownRevenueMonthFen.fen == 0)
            continue; // stays a potential customer
        const qint64 percent = before * 100 / total;
        account->valueClass = percent < 50 ? ValueClass::A
            : percent < 80                 ? ValueClass::B
            : percent < 95                 ? ValueClass::C
                                           : ValueClass::D;
        before += account->ownRevenueMonthFen.fen;
        if (account->spendMonthFen >= floor) {
            const bool first = keyBefore * 100 / keyTotal < 30;
            account->mgmtTier = first ? MgmtTier::One : MgmtTier::Two;
            account->serviceLevel = first ? ServiceLevel::A : ServiceLevel::B;
            keyBefore += account->spendMonthFen.fen;
        } else if (account->valueClass <= ValueClass::C) {
            account->serviceLevel = ServiceLevel::C;
        }
        account->requestedLevel = account->serviceLevel;
        account->noSuspension = account->serviceLevel == ServiceLevel::A;
    }
}

void addSites(DemoWorld &world, const Account &account)
{
    const QString area = areaCodeOf(account.areaId);
    const int count = 1 + std::min(account.branches, 3);
    for (int i = 0; i < count; ++i) {
        auto site = world.born<AccountSite>(account.createdAt, account.createdBy);
        site.accountId = account.id;
        site.areaId = account.areaId;
        site.kind = i == 0 ? SiteKind::HeadOffice : SiteKind(world.random.between(1, 4));
        site.isPrimary = i == 0;
        site.district = world.names.district(area);
        site.name = i == 0 ? u"总部"_s
                           : site.district.chopped(1)
                + EnumTable<SiteKind>::keys[std::size_t(site.kind)].label.text(QLocale::Chinese);
        site.address = i == 0 ? account.address
                              : demoCity(area) + u'市' + site.district + world.names.street();
        site.employees = account.employees / (count + i);
        world.sites.push_back(std::move(site));
    }
}

void addContacts(DemoWorld &world, const Account &account)
{
    static const char *const jobs[] = {"办公室主任", "总经理",     "信息中心主任",
                                       "财务经理",   "网络管理员", "行政专员"};
    static const char *const departments[] = {"办公室", "管理层",   "信息中心",
                                              "财务部", "信息中心", "行政部"};
    const int count = account.valueClass == ValueClass::A ? 5
        : account.valueClass == ValueClass::B             ? 4
        : account.valueClass == ValueClass::C             ? 3
        : account.valueClass == ValueClass::D             ? 2
                                                          : 1;
    RecordId head;
    for (int i = 0; i < count; ++i) {
        auto contact = world.born<Contact>(account.createdAt, account.createdBy);
        contact.accountId = account.id;
        contact.areaId = account.areaId;
        contact.name = world.names.person();
        contact.role = ContactRole(i);
        contact.department = QString::fromUtf8(departments[i]);
        contact.jobTitle = QString::fromUtf8(jobs[i]);
        contact.gender = world.random.chance(50) ? Gender::Female : Gender::Male;
        contact.influence = i == 1 ? 5 : world.random.between(1, 4);
        contact.attitude = world.random.between(-1, 2);
        contact.phone = world.names.mobile();
        if (world.random.chance(40))
            contact.phone2 = world.names.landline(areaCodeOf(account.areaId));
        contact.email = world.names.mail();
        contact.isPrimary = i == 0;
        contact.consentMarketing = world.random.chance(60);
        if (contact.consentMarketing)
            contact.consentOn = businessDate(account.createdAt);
        if (world.random.chance(30))
            contact.birthday = QDate(world.random.between(1965, 1998), world.random.between(1, 12),
                                     world.random.between(1, 28));
        if (i == 1)
            head = contact.id;
        else if (!head.isNull())
            contact.reportsToId = head;
        world.contacts.push_back(std::move(contact));
    }
}

} // namespace

void addAccounts(DemoWorld &world, int count)
{
    const auto &areas = demoAreas();
    for (int i = 0; i < count; ++i) {
        const QString &area = areas[std::size_t(i % 9 < 5 ? 0 : 1)];
        world.accounts.push_back(makeAccount(world, area, i, world.random.chance(20)));
    }
    for (const QString &area : areas) {
        std::vector<Account *> local;
        for (Account &account : world.accounts) {
            if (areaCodeOf(account.areaId) == area)
                local.push_back(&account);
        }
        grade(local, {area == u"5301" ? 1'000'000 : 500'000}); // the floors of S0
    }
    world.accounts.front().nationalKa = true;
    for (const Account &account : world.accounts) {
        addSites(world, account);
        addContacts(world, account);
    }
}

} // namespace keydesk
