#include "commands/rights.h"
#include "domain/entities.h"
#include "protocol/messages.h"
#include "support/premises.h"

#include <QtTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// Acts whose record is only born: they are about nobody's.
bool isAboutNothing(const QString &act)
{
    if (act.startsWith(u"CreateRecord "))
        return true;
    return act == u"RecordOpportunity" || act == u"SaveStaff" || act == u"SaveRoutingRule"
        || act == u"ExportRecords";
}

// Reference data lies on every desktop: there is nothing to hide.
bool isKnownToAll(const QString &act)
{
    static const Catalog catalog = makeCatalog();
    const EntityInfo *entity = catalog.find(act.section(u' ', 1));
    return entity && entity->buckets().front().prefix == u"ref";
}

// What a record at that spot is to the person, worked out here once more and by hand.
Relations relationsAt(Standpoint where, const QString &act, bool hasTeam)
{
    if (where == Standpoint::OtherOrg)
        return Relation::Any;
    if (where == Standpoint::Missing)
        return isAboutNothing(act) ? Relations(Relation::Any) : Relations();
    Relations relations = Relation::Any | Relation::Area; // all of it lies in his city
    if (where == Standpoint::Own)
        relations |= Relation::Own;
    if (where == Standpoint::Vacant && (act == u"AssignAccount" || act == u"EndAssignment"))
        relations |= Relation::Vacant;
    if (!hasTeam || where == Standpoint::Team || (where == Standpoint::Own && hasTeam))
        relations |= Relation::Led;
    // A mate is as good as oneself to give a task to, the team's queue is everybody's in it.
    if (where == Standpoint::Team && hasTeam && act == u"CreateTask staff")
        relations |= Relation::Own;
    if (act == u"CreateTask team")
        relations.setFlag(Relation::Own,
                          hasTeam && (where == Standpoint::Own || where == Standpoint::Team));
    return relations;
}

bool isRefusalOfRights(const Result<> &result)
{
    if (!result && result.error().key() == u"command.malformed")
        qFatal("%s was not asked as it must be", qPrintable(result.error().args.join(u' ')));
    return !result && result.error().key() != u"field.read_only"
        && (result.error().code() == ErrorCode::Forbidden
            || result.error().code() == ErrorCode::NotFound);
}

// As it goes over the line: of one length too, which is all that others see of it.
QByteArray answerTo(const Result<> &refused)
{
    CmdResult result;
    result.n = 1;
    result.status = CmdResult::Rejected;
    result.reason = refused.error().key();
    result.args = refused.error().args;
    return encodeMessage(result);
}

} // namespace

// The table of rights against what the commands do: every role, command and relation
// (reliability.md 3.3, T20). The table as a file is in tst_rights_table, sessions in
// tst_session_states.
class TestPrivileges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCellHolds_data();
    void everyCellHolds();
    void whatIsElsewhereAnswersLikeWhatIsMissing_data();
    void whatIsElsewhereAnswersLikeWhatIsMissing();
    void jobsDoWhatTheirColumnSays();

private:
    void askEveryCell(Role role, bool hasTeam, QStringList &wrong);

    const CommandRegistry m_registry = makeCommandRegistry();
    const Catalog m_catalog = makeCatalog();
    int m_cells = 0;
    int m_alike = 0;
};

void TestPrivileges::everyCellHolds_data()
{
    QTest::addColumn<int>("role");
    QTest::addColumn<bool>("hasTeam");
    for (int role = 0; role < int(std::size(EnumTable<Role>::keys)); ++role) {
        const QByteArray key = EnumTable<Role>::keys[role].key;
        QTest::newRow(key + " in a team") << role << true;
        QTest::newRow(key + " of the area") << role << false;
    }
}

void TestPrivileges::askEveryCell(Role role, bool hasTeam, QStringList &wrong)
{
    Premises premises(role, hasTeam);
    Actor actor;
    actor.staff = premises.me;
    const RightsPolicy &policy = RightsPolicy::shipped();
    const QStringList acts = allActs(m_registry, m_catalog);
    for (auto spot = premises.spots.begin(); spot != premises.spots.end(); ++spot) {
        for (const QString &act : acts) {
            ++m_cells;
            const Relations cell = policy.relationsFor(act, actor.staff.roles);
            bool expected = bool(cell & relationsAt(spot.key(), act, hasTeam));
            // The rule is written for the whole network, and his city is the top of it.
            if (act == u"SaveRoutingRule")
                expected = bool(cell);
            if (act == u"EditRecord account.area_id")
                expected = expected
                    && policy.relationsFor(u"EditRecord account"_s, actor.staff.roles);
            const auto done = premises.desk.tryCall(premises.me, callFor(act, *spot));
            if (isRefusalOfRights(done) == expected)
                wrong.append(act + u' ' + QLatin1StringView(standpoints[int(spot.key())])
                             + (expected ? u": refused "_s + done.error().key() : u": done"_s));
        }
    }
}

void TestPrivileges::everyCellHolds()
{
    QFETCH(int, role);
    QFETCH(bool, hasTeam);
    QStringList wrong;
    askEveryCell(Role(role), hasTeam, wrong);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u"; "_s)));
    if (Role(role) == Role::Administrator && !hasTeam)
        qInfo("report: %d cells of role, command and relation asked", m_cells);
}

void TestPrivileges::whatIsElsewhereAnswersLikeWhatIsMissing_data()
{
    everyCellHolds_data();
}

void TestPrivileges::whatIsElsewhereAnswersLikeWhatIsMissing()
{
    QFETCH(int, role);
    QFETCH(bool, hasTeam);
    Premises premises(Role(role), hasTeam);
    const QStringList acts = allActs(m_registry, m_catalog);
    for (const QString &act : acts) {
        const auto cell = RightsPolicy::shipped().relationsFor(act, premises.me.roles);
        if (cell.testFlag(Relation::Any) || act == u"SaveRoutingRule")
            continue; // theirs everywhere
        if (isKnownToAll(act))
            continue;
        const auto elsewhere = premises.desk.tryCall(premises.me,
                                                     callFor(act,
                                                             premises.spots[Standpoint::OtherOrg]));
        const auto missing = premises.desk.tryCall(premises.me,
                                                   callFor(act,
                                                           premises.spots[Standpoint::Missing]));
        QVERIFY2(!elsewhere && !missing, qPrintable(act));
        QVERIFY2(elsewhere.error().key() == missing.error().key(),
                 qPrintable(act + u": "_s + elsewhere.error().key() + u" / "_s
                            + missing.error().key()));
        QCOMPARE(elsewhere.error().args, missing.error().args);
        QCOMPARE(answerTo(elsewhere), answerTo(missing));
        ++m_alike;
    }
    if (Role(role) == Role::Administrator && !hasTeam)
        qInfo("report: %d answers about records elsewhere like those about missing ones", m_alike);
}

void TestPrivileges::jobsDoWhatTheirColumnSays()
{
    Premises premises(Role::AccountManager, true);
    Actor job;
    job.isSystem = true;
    const QStringList acts = allActs(m_registry, m_catalog);
    for (const QString &act : acts) {
        const CommandCall call = callFor(act, premises.spots[Standpoint::Org]);
        auto command = m_registry.make(call);
        QVERIFY2(command, qPrintable(act));
        CommandContext context(premises.desk.tx(), job, call.id, premises.desk.clock.now(),
                               CommandContext::Place::Server);
        const bool allowed = bool(authorize(context, **command));
        QVERIFY2(allowed == RightsPolicy::shipped().isForJobs(act), qPrintable(act));
    }
}

QTEST_GUILESS_MAIN(TestPrivileges)
#include "tst_privileges.moc"
