#include "importing/demo_data.h"

#include "domain/account_site.h"
#include "domain/assignment.h"
#include "domain/contact.h"
#include "domain/entities.h"
#include "domain/note.h"
#include "domain/notification.h"
#include "domain/opportunity.h"
#include "domain/opportunity_item.h"
#include "domain/reference_id.h"
#include "domain/routing_decision.h"
#include "domain/staff.h"
#include "domain/task.h"
#include "domain/team.h"
#include "domain/transfer.h"
#include "rules/claim_clock.h"
#include "rules/progress_text.h"
#include "rules/routing.h"
#include "store/row_store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// A Tuesday, 15:20 in China.
constexpr Instant afternoon{1'717'485'600'000};

/// The demo data of one seed, typed.
struct Demo
{
    std::vector<EntityRows> reference;
    std::vector<EntityRows> tables;

    template <class T>
    std::vector<T> all() const
    {
        std::vector<T> records;
        for (const EntityRows &table : tables) {
            if (table.entity != QLatin1StringView(Schema<T>::table))
                continue;
            for (const Row &row : table.rows)
                records.push_back(fromRow<T>(row));
        }
        return records;
    }
};

Demo makeDemo(const Catalog &catalog, quint64 seed, Instant now)
{
    Demo demo;
    demo.reference = std::move(loadReferenceData(catalog).value());
    demo.tables = makeDemoData(demo.reference, {seed, now, 240});
    return demo;
}

bool equal(const std::vector<EntityRows> &a, const std::vector<EntityRows> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const EntityRows &x, const EntityRows &y) {
                          return x.entity == y.entity && x.rows == y.rows;
                      });
}

} // namespace

class TestDemoData : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theSameSeedGivesTheSameRows();
    void otherSeedsAndTimesHoldTheInvariantsToo_data();
    void otherSeedsAndTimesHoldTheInvariantsToo();
    void thereIsEnoughOfEverything();
    void everyRoleWithWorkHasALogin();
    void everyTeamHasALeaderAndEveryManagerADeputy();
    void everyClassTierAndStarOccurs();
    void everyCustodyStateAndStageOccurs();
    void namesAndNumbersAreInventedAndUnique();
    void spendTrendHolds24Months();
    void anAccountHasOneMainManagerAtATime();
    void theTablesTakeAllRowsAndGiveThemBack();

private:
    void checkReferences(const Demo &demo);
    void checkRequiredFields(const Demo &demo);
    void checkNothingLiesInTheFuture(const Demo &demo, Instant now);
    void checkCustody(const Demo &demo);
    void checkStages(const Demo &demo);
    void checkTransfers(const Demo &demo);
    void checkClocks(const Demo &demo, Instant now);
    void checkDecisions(const Demo &demo);

    const Catalog m_catalog = makeCatalog();
    Demo m_demo;
};

void TestDemoData::initTestCase()
{
    QVERIFY(loadReferenceData(m_catalog));
    m_demo = makeDemo(m_catalog, 2008, afternoon);
}

void TestDemoData::theSameSeedGivesTheSameRows()
{
    QVERIFY(equal(makeDemo(m_catalog, 2008, afternoon).tables, m_demo.tables));
    QVERIFY(!equal(makeDemo(m_catalog, 2009, afternoon).tables, m_demo.tables));
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::English));
    QVERIFY(equal(makeDemo(m_catalog, 2008, afternoon).tables, m_demo.tables));
    QLocale::setDefault(before);
}

void TestDemoData::otherSeedsAndTimesHoldTheInvariantsToo_data()
{
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<qint64>("hours"); // after the Tuesday afternoon
    QTest::newRow("Tuesday afternoon") << quint64(2008) << qint64(0);
    QTest::newRow("in the middle of the night") << quint64(2008) << qint64(11);
    QTest::newRow("early in the morning") << quint64(1) << qint64(16);
    QTest::newRow("Saturday noon") << quint64(2) << qint64(92);
    QTest::newRow("Sunday night") << quint64(3) << qint64(127);
    QTest::newRow("Monday at nine") << quint64(4) << qint64(138);
    QTest::newRow("half a year later") << quint64(5) << qint64(4000);
}

void TestDemoData::otherSeedsAndTimesHoldTheInvariantsToo()
{
    QFETCH(quint64, seed);
    QFETCH(qint64, hours);
    const Instant now = afternoon + hours * hour;
    const Demo demo = makeDemo(m_catalog, seed, now);
    checkReferences(demo);
    checkRequiredFields(demo);
    checkNothingLiesInTheFuture(demo, now);
    checkCustody(demo);
    checkStages(demo);
    checkTransfers(demo);
    checkClocks(demo, now);
    checkDecisions(demo);
}

// The clocks are those of the rules, and whatever they asked for until now has been done.
void TestDemoData::checkClocks(const Demo &demo, Instant now)
{
    const OfficeCalendar calendar = OfficeCalendar::shipped();
    QHash<QString, QString> names;
    for (const Staff &one : demo.all<Staff>())
        names[one.id.text()] = one.name;
    for (const Team &one : demo.all<Team>())
        names[one.id.text()] = one.name;
    for (const Opportunity &one : demo.all<Opportunity>()) {
        const ClaimHours hours = claimHours(one.valueClass);
        if (one.custodyState == CustodyState::Dispatched) {
            QCOMPARE(one.claimDueAt, calendar.after(one.dispatchedAt, hours.claim));
            QCOMPARE(one.claimRemindLevel, int(dueMark(one, now, calendar)));
        }
        if (waitsForDispatcher(one.custodyState))
            QCOMPARE(one.claimRemindLevel, int(dueQueueMark(one, now, calendar)));
        if (!one.ownerId.isNull())
            QCOMPARE(one.firstContactDueAt, calendar.after(one.claimedAt, hours.firstContact));
        if (one.custodyState == CustodyState::NeedsInfo)
            QCOMPARE(one.infoDueAt, calendar.after(one.custodySince, infoTime));
        QCOMPARE(one.statusText,
                 progressText(one,
                              {names.value(one.assigneeId.text()), names.value(one.ownerId.text()),
                               names.value(one.queueId.text())},
                              QLocale::Chinese));
        QVERIFY(one.ownerId.isNull() || !one.handoffAckAt.isNull()
                || one.ownerId == one.capturedBy);
    }
}

// What stands in the explanations is what routing writes.
void TestDemoData::checkDecisions(const Demo &demo)
{
    QSet<QString> refusals;
    for (const EnumKey &key : EnumTable<CandidateRefusal>::keys)
        refusals.insert(QString::fromLatin1(key.key));
    for (const RoutingDecision &one : demo.all<RoutingDecision>()) {
        QSet<QString> said;
        QString ofChosen;
        const QJsonArray lines = QJsonDocument::fromJson(one.candidates.toUtf8()).array();
        for (const auto &line : lines) {
            const QJsonObject object = line.toObject();
            const QString refusal = object.value(u"rejected"_s).toString();
            QVERIFY2(refusals.contains(refusal), qPrintable(refusal));
            said.insert(refusal);
            if (RecordId(object.value(u"staff"_s).toString()) == one.chosenStaffId)
                ofChosen = refusal;
            if (refusal == u"full")
                QVERIFY(object.value(u"load"_s).toInt() + 3 > object.value(u"capacity"_s).toInt());
        }
        if (!one.chosenStaffId.isNull())
            QCOMPARE(ofChosen, u"none"_s);
        if (one.rejectedReason == CustodyReason::NoAvailability)
            QVERIFY(said.contains(u"absent"_s));
        if (one.rejectedReason == CustodyReason::NoCapacity)
            QVERIFY(said.contains(u"full"_s));
        QVERIFY(one.bySystem || one.rejectedReason == CustodyReason::None);
    }
}

void TestDemoData::checkReferences(const Demo &demo)
{
    std::vector<EntityRows> all = demo.reference;
    // Teams come once more, with their leaders.
    std::erase_if(all, [](const EntityRows &table) { return table.entity == u"team"; });
    all.insert(all.end(), demo.tables.begin(), demo.tables.end());
    const auto checked = checkReferenceData(m_catalog, all);
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().text(QLocale::English)));
    QSet<QString> ids;
    for (const EntityRows &table : all) {
        for (const Row &row : table.rows)
            ids.insert(table.entity + row[common_column::Id].text());
    }
    for (const Task &task : demo.all<Task>())
        QVERIFY(task.subjectId.isNull()
                || ids.contains(task.subjectEntity + task.subjectId.text()));
    for (const Note &note : demo.all<Note>())
        QVERIFY(ids.contains(note.subjectEntity + note.subjectId.text()));
    for (const Notification &notice : demo.all<Notification>())
        QVERIFY(ids.contains(notice.subjectEntity + notice.subjectId.text()));
}

void TestDemoData::checkRequiredFields(const Demo &demo)
{
    for (const EntityRows &table : demo.tables) {
        const EntityInfo &entity = m_catalog.entity(table.entity);
        for (const FieldInfo &field : entity.fields()) {
            QSet<QString> keys;
            for (const Row &row : table.rows) {
                const Cell &cell = entity.cell(row, field.name);
                const QString where = table.entity + u'.' + field.name;
                QVERIFY2(!field.has(FieldFlag::Required) || !cell.isEmpty(), qPrintable(where));
                if (!field.has(FieldFlag::BusinessKey) || cell.isEmpty())
                    continue;
                QVERIFY2(!keys.contains(cell.text()), qPrintable(where + u' ' + cell.text()));
                keys.insert(cell.text());
            }
        }
    }
}

void TestDemoData::checkNothingLiesInTheFuture(const Demo &demo, Instant now)
{
    const QSet<QString> plans{u"due_at"_s,       u"remind_at"_s,
                              u"claim_due_at"_s, u"first_contact_due_at"_s,
                              u"info_due_at"_s,  u"pre_proposal_due_at"_s,
                              u"snoozed_until"_s};
    for (const EntityRows &table : demo.tables) {
        const EntityInfo &entity = m_catalog.entity(table.entity);
        for (const FieldInfo &field : entity.fields()) {
            if (field.kind != Kind::Instant || plans.contains(field.name))
                continue;
            for (const Row &row : table.rows)
                QVERIFY2(entity.cell(row, field.name).integer() <= now.ms,
                         qPrintable(table.entity + u'.' + field.name));
        }
    }
}

void TestDemoData::checkCustody(const Demo &demo)
{
    for (const Opportunity &one : demo.all<Opportunity>()) {
        const CustodyState state = one.custodyState;
        const QByteArray where = one.title.toUtf8() + ' ' + keyOf(state).toUtf8();
        const bool closedBySale = state == CustodyState::Closed
            && one.salesStage != SalesStage::None;
        QVERIFY2(!one.ownerId.isNull() == (state == CustodyState::Claimed || closedBySale), where);
        QVERIFY2(one.ownerId.isNull() || one.assigneeId == one.ownerId, where);
        QVERIFY2(!one.queueId.isNull()
                     == (waitsForDispatcher(state) || state == CustodyState::NeedsInfo),
                 where);
        QVERIFY2(state != CustodyState::Dispatched || !one.assigneeId.isNull(), where);
        QVERIFY2(state != CustodyState::Dispatched || !one.claimDueAt.isNull(), where);
        QVERIFY2(!one.closedAt.isNull() == isFinal(state), where);
        QVERIFY2((one.kind == OpportunityKind::Interaction) == (state == CustodyState::Captured),
                 where);
        QVERIFY2((state == CustodyState::Merged) == !one.mergedIntoId.isNull(), where);
    }
}

void TestDemoData::checkStages(const Demo &demo)
{
    QHash<QString, qint64> monthly;
    for (const OpportunityItem &item : demo.all<OpportunityItem>())
        monthly[item.opportunityId.text()] += item.monthlyFen.fen;
    for (const Opportunity &one : demo.all<Opportunity>()) {
        QCOMPARE(missingForStage(one, one.salesStage), QStringList());
        if (one.salesStage != SalesStage::None)
            QCOMPARE(one.probBp, probabilityOf(one.salesStage));
        // What was returned after a claim keeps its stage: a transfer never touches it.
        QVERIFY(one.salesStage == SalesStage::None || one.custodyState == CustodyState::Claimed
                || one.custodyState == CustodyState::Returned
                || one.custodyState == CustodyState::Closed);
        QCOMPARE(one.salesStage == SalesStage::Won, !one.wonAt.isNull());
        if (one.salesStage == SalesStage::Won)
            QVERIFY(monthly.value(one.id.text()) > 0 && one.valueFen.fen > 0);
    }
}

void TestDemoData::checkTransfers(const Demo &demo)
{
    QHash<QString, std::vector<Transfer>> histories;
    for (const Transfer &transfer : demo.all<Transfer>())
        histories[transfer.opportunityId.text()].push_back(transfer);
    for (const Opportunity &one : demo.all<Opportunity>()) {
        const std::vector<Transfer> history = histories.value(one.id.text());
        int dispatches = 0;
        Instant last = one.capturedAt;
        for (std::size_t i = 0; i < history.size(); ++i) {
            const Transfer &transfer = history[i];
            QCOMPARE(transfer.seq, int(i) + 1);
            QVERIFY(mayMove(transfer.fromState, transfer.toState));
            QVERIFY(last <= transfer.at);
            QCOMPARE(transfer.accountId, one.accountId);
            QCOMPARE(transfer.ownerId.text(), one.assigneeId.text());
            // The system dispatches at most once, and first (domain C7).
            if (transfer.kind == TransferKind::Dispatch)
                QVERIFY(++dispatches == 1 || !transfer.bySystem);
            last = transfer.at;
        }
        QCOMPARE(one.transferCount, dispatches);
        if (!history.empty())
            QCOMPARE(history.back().toState, one.custodyState);
    }
}

void TestDemoData::thereIsEnoughOfEverything()
{
    QCOMPARE(m_demo.all<Account>().size(), std::size_t(240));
    QVERIFY(m_demo.all<Staff>().size() >= 40);
    QVERIFY(m_demo.all<Contact>().size() >= 400);
    QVERIFY(m_demo.all<AccountSite>().size() >= 240);
    QVERIFY(m_demo.all<Assignment>().size() >= 200);
    QVERIFY(m_demo.all<Opportunity>().size() >= 180);
    QVERIFY(m_demo.all<Transfer>().size() >= 300);
    QVERIFY(m_demo.all<RoutingDecision>().size() >= 150);
    QVERIFY(m_demo.all<Task>().size() >= 150);
    QVERIFY(m_demo.all<Note>().size() >= 150);
    QVERIFY(m_demo.all<Notification>().size() >= 200);
}

void TestDemoData::everyRoleWithWorkHasALogin()
{
    QSet<QString> roles;
    for (const Staff &person : m_demo.all<Staff>()) {
        for (const QString &role : person.roles.keys)
            roles.insert(role);
    }
    for (Role role :
         {Role::AccountManager, Role::TeleManager, Role::PartnerAgent, Role::HallClerk,
          Role::HotlineAgent, Role::TechSeat, Role::Dispatcher, Role::Supervisor, Role::DeptManager,
          Role::FinanceManager, Role::Executive, Role::Administrator})
        QVERIFY2(roles.contains(keyOf(role)), qPrintable(keyOf(role)));
}

void TestDemoData::everyTeamHasALeaderAndEveryManagerADeputy()
{
    for (const Team &team : m_demo.all<Team>())
        QVERIFY2(!team.leaderId.isNull(), qPrintable(team.code));
    for (const Staff &person : m_demo.all<Staff>())
        QVERIFY2(!person.roles.contains(Role::AccountManager) || !person.deputyId.isNull(),
                 qPrintable(person.code));
}

void TestDemoData::everyClassTierAndStarOccurs()
{
    QHash<QString, int> count;
    for (const Account &account : m_demo.all<Account>()) {
        for (const QString &key :
             {u"class "_s + keyOf(account.valueClass), u"tier "_s + keyOf(account.mgmtTier),
              u"star "_s + keyOf(account.serviceLevel), u"status "_s + keyOf(account.status)})
            ++count[key];
        QCOMPARE(account.valueClass == ValueClass::Potential, account.ownRevenueMonthFen.fen == 0);
    }
    for (const char *key : {"class a", "class b", "class c", "class d", "class potential",
                            "tier one", "tier two", "tier none", "star a", "star b", "star c",
                            "star none", "status active", "status at_risk", "status potential"})
        QVERIFY2(count.value(QString::fromLatin1(key)) >= 3, key);
}

void TestDemoData::everyCustodyStateAndStageOccurs()
{
    QSet<QString> states;
    QSet<QString> stages;
    for (const Opportunity &one : m_demo.all<Opportunity>()) {
        states.insert(keyOf(one.custodyState));
        stages.insert(keyOf(one.salesStage));
    }
    // The server routes what is identified at once, and nothing merges yet.
    for (const EnumKey &key : EnumTable<CustodyState>::keys) {
        const QString state = QString::fromLatin1(key.key);
        QCOMPARE(states.contains(state), state != u"identified" && state != u"merged");
    }
    QCOMPARE(stages.size(), qsizetype(std::size(EnumTable<SalesStage>::keys)));
}

void TestDemoData::namesAndNumbersAreInventedAndUnique()
{
    QSet<QString> names;
    for (const Account &account : m_demo.all<Account>()) {
        QVERIFY2(!names.contains(account.name), qPrintable(account.name));
        names.insert(account.name);
        QVERIFY(account.phone.startsWith(u"0871-63") || account.phone.startsWith(u"0512-62"));
        QVERIFY(account.uscc.isEmpty() || account.uscc.size() == 18);
    }
    QSet<QString> phones;
    for (const Contact &contact : m_demo.all<Contact>()) {
        QVERIFY(contact.phone.startsWith(u"15400") && contact.phone.size() == 11);
        QVERIFY(!phones.contains(contact.phone));
        phones.insert(contact.phone);
        QVERIFY(contact.email.endsWith(u"@demo.example"));
        QVERIFY(contact.idNo.isEmpty());
    }
}

void TestDemoData::spendTrendHolds24Months()
{
    for (const Account &account : m_demo.all<Account>()) {
        if (account.valueClass == ValueClass::Potential) {
            QVERIFY(account.spendTrend.isEmpty());
            continue;
        }
        const QJsonObject trend = QJsonDocument::fromJson(account.spendTrend.toUtf8()).object();
        QCOMPARE(trend.value(u"from"_s).toString(), u"2022-06"_s);
        QCOMPARE(trend.value(u"fen"_s).toArray().size(), 24);
    }
}

void TestDemoData::anAccountHasOneMainManagerAtATime()
{
    const QDate today = businessDate(afternoon);
    QHash<QString, QString> current;
    for (const Assignment &assignment : m_demo.all<Assignment>()) {
        if (assignment.role != AssignmentRole::MainAm || !assignment.isCurrent(today))
            continue;
        QVERIFY(!current.contains(assignment.accountId.text()));
        current.insert(assignment.accountId.text(), assignment.staffId.text());
    }
    QVERIFY(current.size() >= 30);
    for (const Account &account : m_demo.all<Account>())
        QCOMPARE(account.ownerStaffId.text(), current.value(account.id.text()));
}

void TestDemoData::theTablesTakeAllRowsAndGiveThemBack()
{
    const auto database = Database::openInMemory();
    RowStore store(*database, m_catalog);
    QVERIFY(store.migrate());
    for (const auto *tables : {&m_demo.reference, &m_demo.tables}) {
        for (const EntityRows &table : *tables) {
            const EntityInfo &entity = m_catalog.entity(table.entity);
            for (const Row &row : table.rows) {
                const RecordId id(row[common_column::Id].text());
                const auto put = store.put(entity, row, store.find(entity, id));
                QVERIFY2(put, put ? "" : qPrintable(table.entity + u' ' + put.error().detail));
                const auto back = store.find(entity, RecordId(row[common_column::Id].text()));
                QVERIFY2(back && *back == row, qPrintable(table.entity));
            }
        }
    }
}

QTEST_APPLESS_MAIN(TestDemoData)
#include "tst_demo_data.moc"
