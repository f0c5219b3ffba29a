#include "support/office.h"

#include "commands/edit_record.h"
#include "commands/opportunity_claim.h"
#include "commands/record_commands.h"
#include "domain/account.h"
#include "domain/area.h"
#include "domain/assignment.h"
#include "domain/contact.h"
#include "domain/entities.h"
#include "domain/opportunity.h"
#include "query/search.h"
#include "sync/outbox.h"
#include "workbench.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000; // ms, against a loaded machine only

Staff person(const QString &code, Role role, const RecordId &area)
{
    Staff staff;
    staff.code = code;
    staff.name = u"员工"_s + code;
    staff.roles.keys = {keyOf(role)};
    staff.areaId = area;
    return staff;
}

CommandCall rename(const QString &entity, const RecordId &id, const QString &field,
                   const Cell &seen, const Cell &wanted)
{
    EditRecord edit;
    edit.entity = entity;
    edit.record = id;
    edit.patch = {{field, wanted}};
    edit.seen = {{field, seen}};
    return callOf(edit);
}

// What a workbench said of refused sign-ins.
struct Refusals
{
    explicit Refusals(Workbench &workbench)
    {
        QObject::connect(&workbench, &Workbench::refused, &workbench,
                         [this](const Error &error, bool andLocked) {
                             keys.append(error.key());
                             locked = andLocked;
                         });
    }
    QStringList keys;
    bool locked = false;
};

} // namespace

// The desktop as a whole, over the real sync against a server in this process.
class TestWorkbench : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void firstSignInLoadsWhatThePersonMaySee();
    void wrongPasswordIsRefusedAndLocksEverything();
    void queuedChangeShowsAtOnceAndIsAcceptedLater();
    void rejectedChangeIsRewoundAndKeptWithItsReason();
    void retriedRejectionBecomesANewCommand();
    void unsentCommandCanBeTakenBack();
    void offlineSignInOpensWhatIsHereWithTheSamePassword();
    void offlineSignInRefusesAnotherPassword();
    void offlineSignInEndsWithTheLease();
    void disabledLoginIsLockedOut();
    void endedSessionIsToldAndThePasswordBringsItBack();
    void endedLeaseLocksWhoIsAtWork();
    void postedWorkOutlivesASignOut();
    void movedServerFindsTheQueueAgain();
    void retryTakesAlongWhatTheRefusedCommandWasToMake();
    void draftOutlivesTheProgram();
    void buttonsKnowWhatThePersonMayDo();
    void changesOfOthersArrive();

private:
    std::unique_ptr<Workbench> newWorkbench();
    /// Signs in and waits until the first load is complete.
    void signIn(Workbench &workbench, const QString &password = u"secret"_s);
    void settle(Workbench &workbench);
    Result<RunOutcome> run(Workbench &workbench, const CommandCall &call);
    /// The outbox of the one who worked here, while nobody is signed in.
    std::unique_ptr<Database> outboxFile() const;
    QString nameOf(Workbench &workbench) const;

    Catalog m_catalog = makeCatalog();
    CommandRegistry m_registry = makeCommandRegistry();
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Office> m_office;
    RecordId m_manager;
    RecordId m_other;
    RecordId m_account;
    RecordId m_opportunity;
};

void TestWorkbench::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_office = std::make_unique<Office>(m_catalog, m_registry);
    Area area;
    area.code = u"KM"_s;
    area.name = u"昆明"_s;
    const RecordId home = m_office->add(area);
    m_manager = m_office->add(person(u"1001"_s, Role::AccountManager, home));
    m_other = m_office->add(person(u"1002"_s, Role::AccountManager, home));
    Account account;
    account.name = u"工商银行昆明分行"_s;
    account.groupCode = u"G-1"_s;
    account.areaId = home;
    m_account = m_office->add(account);
    for (const RecordId &staff : {m_manager, m_other}) {
        Assignment assignment;
        assignment.accountId = m_account;
        assignment.areaId = home;
        assignment.staffId = staff;
        assignment.role = staff == m_manager ? AssignmentRole::MainAm : AssignmentRole::Deputy;
        m_office->add(assignment);
    }
    Contact contact;
    contact.name = u"李工"_s;
    contact.phone = u"13900139000/0871-6312 3456"_s;
    contact.accountId = m_account;
    contact.areaId = home;
    m_office->add(contact);
    Opportunity opportunity;
    opportunity.title = u"IDC机柜"_s;
    opportunity.accountId = m_account;
    opportunity.areaId = home;
    opportunity.custodyState = CustodyState::Dispatched;
    opportunity.assigneeId = m_manager;
    m_opportunity = m_office->add(opportunity);
    m_office->open();
}

void TestWorkbench::cleanup()
{
    m_office.reset();
}

std::unique_ptr<Workbench> TestWorkbench::newWorkbench()
{
    Workbench::Options options;
    options.dataDirectory = m_directory->path();
    options.makeLink = m_office->links();
    return std::make_unique<Workbench>(std::move(options));
}

void TestWorkbench::signIn(Workbench &workbench, const QString &password)
{
    Workbench::SignIn request;
    request.server = u"office:1"_s;
    request.user = u"1001"_s;
    request.password = password;
    if (!workbench.isKnownHere(request.server, request.user))
        request.enrolment = u"keydesk://office:1/#"_s + QString(64, u'a') + u"/ABCD-EFGH"_s;
    const auto asked = workbench.signIn(request);
    QVERIFY2(asked, asked ? "" : qPrintable(asked.error().key() + asked.error().detail));
}

void TestWorkbench::settle(Workbench &workbench)
{
    bool settled = false;
    workbench.whenSettled([&settled] { settled = true; });
    QTRY_VERIFY_WITH_TIMEOUT(settled, patience);
}

Result<RunOutcome> TestWorkbench::run(Workbench &workbench, const CommandCall &call)
{
    std::optional<Result<RunOutcome>> answer;
    workbench.run(call, [&answer](const Result<RunOutcome> &outcome) { answer = outcome; });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), patience); }();
    return answer ? *answer : Result<RunOutcome>(Error("offline"_reason));
}

QString TestWorkbench::nameOf(Workbench &workbench) const
{
    const auto account = workbench.reader().find<Account>(m_account);
    return account ? account->name : QString();
}

void TestWorkbench::firstSignInLoadsWhatThePersonMaySee()
{
    const auto workbench = newWorkbench();
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    QCOMPARE(workbench->me().name, u"员工1001"_s);
    QCOMPARE(nameOf(*workbench), u"工商银行昆明分行"_s);
    const auto callers = findCaller(workbench->reader().store().database(), u"087163123456"_s);
    QCOMPARE(callers.size(), std::size_t(1));
    QCOMPARE(callers.front().accountName, u"工商银行昆明分行"_s);
}

void TestWorkbench::wrongPasswordIsRefusedAndLocksEverything()
{
    const auto workbench = newWorkbench();
    Refusals refused(*workbench);
    signIn(*workbench, u"wrong"_s);
    QTRY_COMPARE_WITH_TIMEOUT(refused.keys.size(), 1, patience);
    QCOMPARE(refused.keys.front(), u"login.wrong"_s);
    QVERIFY(refused.locked);
    QVERIFY(!workbench->isSignedIn());
    QVERIFY(!workbench->isReady());
}

void TestWorkbench::queuedChangeShowsAtOnceAndIsAcceptedLater()
{
    const auto workbench = newWorkbench();
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    workbench->setLinkEnabled(false);
    const auto outcome = run(*workbench,
                             rename(u"account"_s, m_account, u"short_name"_s, Cell(), u"工行"_s));
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().key()));
    QCOMPARE(workbench->reader().find<Account>(m_account)->shortName, u"工行"_s);
    QCOMPARE(workbench->wordOf(u"account"_s, m_account), SyncWord::Queued);
    QCOMPARE(workbench->queue().size(), std::size_t(1));
    workbench->setLinkEnabled(true);
    settle(*workbench);
    QCOMPARE(workbench->wordOf(u"account"_s, m_account), SyncWord::Accepted);
    QCOMPARE(workbench->queue().size(), std::size_t(0));
    QCOMPARE(fromRow<Account>(*m_office->store().find(m_catalog.entity(u"account"_s), m_account))
                 .shortName,
             u"工行"_s);
}

void TestWorkbench::rejectedChangeIsRewoundAndKeptWithItsReason()
{
    const auto workbench = newWorkbench();
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    workbench->setLinkEnabled(false);
    QSignalSpy rejected(workbench.get(), &Workbench::commandRejected);
    m_office->runAs(m_other,
                    rename(u"account"_s, m_account, u"short_name"_s, Cell(), u"工行云南"_s));
    QVERIFY(run(*workbench, rename(u"account"_s, m_account, u"short_name"_s, Cell(), u"工行"_s)));
    workbench->setLinkEnabled(true);
    settle(*workbench);
    QCOMPARE(workbench->reader().find<Account>(m_account)->shortName, u"工行云南"_s);
    QCOMPARE(rejected.size(), 1);
    const auto kept = workbench->rejected();
    QCOMPARE(kept.size(), std::size_t(1));
    QCOMPARE(kept.front().error.key(), u"record.changed"_s);
    QCOMPARE(kept.front().call.arguments.sets.at(u"patch"_s).at(u"short_name"_s).text(), u"工行"_s);
    QCOMPARE(workbench->wordOf(u"account"_s, m_account), SyncWord::NeedsYou);
}

void TestWorkbench::retriedRejectionBecomesANewCommand()
{
    rejectedChangeIsRewoundAndKeptWithItsReason();
    const auto workbench = newWorkbench();
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    RejectedCommand kept = workbench->rejected().front();
    kept.call.arguments.sets[u"seen"_s][u"short_name"_s] = u"工行云南"_s;
    bool queued = false;
    workbench->retryRejected({{kept.localNo, kept.call.arguments}},
                             [&queued](const Result<RetryOutcome> &outcome) {
                                 queued = bool(outcome);
                             });
    QTRY_VERIFY_WITH_TIMEOUT(queued, patience);
    settle(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->rejected().empty(), patience);
    QCOMPARE(workbench->reader().find<Account>(m_account)->shortName, u"工行"_s);
}

void TestWorkbench::unsentCommandCanBeTakenBack()
{
    const auto workbench = newWorkbench();
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    workbench->setLinkEnabled(false);
    const auto outcome = run(*workbench,
                             rename(u"account"_s, m_account, u"short_name"_s, Cell(), u"工行"_s));
    QVERIFY(outcome);
    std::optional<bool> withdrawn;
    workbench->withdraw(outcome->localNo, [&](const Result<> &done) { withdrawn = bool(done); });
    QTRY_VERIFY_WITH_TIMEOUT(withdrawn.has_value(), patience);
    QVERIFY(*withdrawn);
    QCOMPARE(workbench->reader().find<Account>(m_account)->shortName, QString());
    QVERIFY(workbench->queue().empty());
}

void TestWorkbench::offlineSignInOpensWhatIsHereWithTheSamePassword()
{
    {
        const auto workbench = newWorkbench();
        signIn(*workbench);
        QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    }
    m_office->setReachable(false);
    const auto workbench = newWorkbench();
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    QVERIFY(workbench->isSignedIn());
    QCOMPARE(nameOf(*workbench), u"工商银行昆明分行"_s);
    QVERIFY(workbench->status().state != SyncStatus::Live);
}

void TestWorkbench::offlineSignInRefusesAnotherPassword()
{
    {
        const auto workbench = newWorkbench();
        signIn(*workbench);
        QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    }
    m_office->setReachable(false);
    const auto workbench = newWorkbench();
    Refusals refused(*workbench);
    signIn(*workbench, u"guess"_s);
    QTRY_COMPARE_WITH_TIMEOUT(refused.keys.size(), 1, patience);
    QVERIFY(!workbench->isSignedIn());
    QVERIFY(!workbench->isReady());
}

void TestWorkbench::offlineSignInEndsWithTheLease()
{
    {
        const auto workbench = newWorkbench();
        signIn(*workbench);
        QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    }
    {
        // As if the server's clock had been seen eight days on.
        const auto file = outboxFile();
        Outbox outbox(*file);
        QVERIFY(outbox.setIdentity(u"server_time_seen"_s,
                                   QString::number(SystemClock().now().ms + 8 * day)));
    }
    m_office->setReachable(false);
    const auto workbench = newWorkbench();
    Refusals refused(*workbench);
    signIn(*workbench);
    QTRY_COMPARE_WITH_TIMEOUT(refused.keys.size(), 1, patience);
    QVERIFY(refused.locked);
    QVERIFY(!workbench->isReady());
}

void TestWorkbench::disabledLoginIsLockedOut()
{
    {
        const auto workbench = newWorkbench();
        signIn(*workbench);
        QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    }
    QVERIFY(m_office->server().database().execute("UPDATE staff SET status='disabled'"));
    const auto workbench = newWorkbench();
    Refusals refused(*workbench);
    signIn(*workbench); // the offline verifier lets in at first
    QTRY_COMPARE_WITH_TIMEOUT(refused.keys.size(), 1, patience);
    QCOMPARE(refused.keys.front(), u"forbidden.disabled"_s);
    QVERIFY(!workbench->isSignedIn());
    QVERIFY(!workbench->isReady());
}

std::unique_ptr<Database> TestWorkbench::outboxFile() const
{
    const QDir here(m_directory->path());
    const QString name = here.entryList(QDir::Dirs | QDir::NoDotAndDotDot).value(0);
    auto file = Database::open(here.filePath(name + u"/outbox.db"_s));
    return file ? std::move(*file) : Database::openInMemory();
}

void TestWorkbench::endedSessionIsToldAndThePasswordBringsItBack()
{
    const auto workbench = newWorkbench();
    Refusals refused(*workbench);
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    settle(*workbench);
    m_office->door().tokensHold = false;
    m_office->setReachable(false);
    m_office->setReachable(true);
    QTRY_COMPARE_WITH_TIMEOUT(refused.keys, QStringList{u"login.session_ended"_s}, patience);
    QVERIFY(!refused.locked);
    QTRY_COMPARE_WITH_TIMEOUT(workbench->status().state, SyncStatus::Offline, patience);
    QVERIFY(workbench->connectionProblem());
    QCOMPARE(workbench->connectionProblem()->key(), u"login.session_ended"_s);
    QVERIFY(run(*workbench, rename(u"account"_s, m_account, u"short_name"_s, Cell(), u"工行"_s)));
    QSignalSpy signedIn(workbench.get(), &Workbench::signedIn);
    signIn(*workbench);
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.size(), 1, patience);
    settle(*workbench);
    QVERIFY(workbench->queue().empty());
    QVERIFY(!workbench->connectionProblem());
}

void TestWorkbench::endedLeaseLocksWhoIsAtWork()
{
    const auto workbench = newWorkbench();
    Refusals refused(*workbench);
    m_office->door().lease = 3 * second;
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    m_office->setReachable(false);
    QTRY_VERIFY_WITH_TIMEOUT(refused.keys.contains(u"login.lease_ended"_s), patience);
    QVERIFY(refused.locked);
    QVERIFY(!workbench->isReady());
}

void TestWorkbench::postedWorkOutlivesASignOut()
{
    const auto workbench = newWorkbench();
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    settle(*workbench);
    m_office->setReachable(false);
    for (int i = 0; i < 20; ++i)
        workbench->run(rename(u"account"_s, m_account, u"short_name"_s, Cell(), u"工行"_s));
    workbench->signOut();
    QVERIFY(!workbench->isReady());
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    QCOMPARE(workbench->queue().size(), std::size_t(20));
}

void TestWorkbench::movedServerFindsTheQueueAgain()
{
    const auto workbench = newWorkbench();
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    workbench->setLinkEnabled(false);
    QVERIFY(run(*workbench, rename(u"account"_s, m_account, u"short_name"_s, Cell(), u"工行"_s)));
    workbench->signOut();
    QVERIFY(workbench->isKnownHere(u"elsewhere:2"_s, u"1001"_s));
    QVERIFY(workbench->signIn({u"elsewhere:2"_s, u"1001"_s, u"secret"_s, {}}));
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    settle(*workbench);
    QVERIFY(workbench->queue().empty());
    QCOMPARE(fromRow<Account>(*m_office->store().find(m_catalog.entity(u"account"_s), m_account))
                 .shortName,
             u"工行"_s);
}

void TestWorkbench::retryTakesAlongWhatTheRefusedCommandWasToMake()
{
    {
        const auto workbench = newWorkbench();
        signIn(*workbench);
        QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    }
    CreateRecord create;
    create.entity = u"contact"_s;
    create.values = {{u"name"_s, u"周工"_s}, {u"account_id"_s, m_account.text()}};
    const CommandCall first = callOf(create);
    const RecordId never = RecordId::derive(first.id, 0);
    const CommandCall second = rename(u"contact"_s, never, u"name"_s, u"周工"_s, u"周小工"_s);
    qint64 firstNo = 0;
    {
        const auto file = outboxFile();
        Outbox outbox(*file);
        for (const CommandCall &call : {first, second}) {
            const qint64 no = *outbox.append(call, SystemClock().now());
            QVERIFY(outbox.settleRejected(outbox.number({no})->front(), u"record.not_found"_s, {},
                                          SystemClock().now()));
            firstNo = firstNo > 0 ? firstNo : no;
        }
        // As if they had never been numbered: the server has not heard of them.
        QVERIFY(outbox.setIdentity(u"last_n"_s, u"0"_s));
        QVERIFY(outbox.setIdentity(u"acked_n"_s, u"0"_s));
    }
    const auto workbench = newWorkbench();
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    workbench->retryRejected({{firstNo, {}}});
    QTRY_VERIFY_WITH_TIMEOUT(workbench->rejected().empty(), patience);
    settle(*workbench);
    QVERIFY(workbench->rejected().empty());
    QVERIFY(!workbench->reader().find<Contact>(never));
    Query named = m_office->store().database().query(
        "SELECT count(*) FROM contact WHERE name='周小工'");
    QVERIFY(named.next());
    QCOMPARE(named.integer(0), 1);
}

void TestWorkbench::draftOutlivesTheProgram()
{
    const QString key = u"account/"_s + m_account.text();
    {
        const auto workbench = newWorkbench();
        signIn(*workbench);
        QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
        workbench->saveDraft(key, u"typed"_s);
        QTRY_COMPARE_WITH_TIMEOUT(workbench->draft(key), u"typed"_s, patience);
        QCOMPARE(workbench->wordOf(u"account"_s, m_account), SyncWord::SavedHere);
    }
    const auto workbench = newWorkbench();
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    QCOMPARE(workbench->draft(key), u"typed"_s);
}

void TestWorkbench::buttonsKnowWhatThePersonMayDo()
{
    const auto workbench = newWorkbench();
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    ClaimOpportunity claim;
    claim.opportunity = m_opportunity;
    const auto may = workbench->mayRun(callOf(claim));
    QVERIFY2(may, may ? "" : qPrintable(may.error().key()));
    const auto staff = workbench->mayRun(rename(u"staff"_s, m_other, u"name"_s, Cell(), u"X"_s));
    QVERIFY(!staff);
    QCOMPARE(staff.error().code(), ErrorCode::Forbidden);
}

void TestWorkbench::changesOfOthersArrive()
{
    const auto workbench = newWorkbench();
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    settle(*workbench);
    m_office->runAs(m_other,
                    rename(u"account"_s, m_account, u"name"_s, u"工商银行昆明分行"_s,
                           u"工商银行云南省分行"_s));
    QTRY_COMPARE_WITH_TIMEOUT(nameOf(*workbench), u"工商银行云南省分行"_s, patience);
}

QTEST_GUILESS_MAIN(TestWorkbench)
#include "tst_workbench.moc"
