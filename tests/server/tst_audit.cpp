#include "security/audit_key.h"
#include "support/master_world.h"
#include "tool/audit_verification.h"

#include <QCborStreamWriter>
#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

constexpr int entriesMade = 30;
constexpr int headEvery = 5;
constexpr int rounds = 100;

// What whoever owns the machine does to make an edited trail hang together again.
QByteArray chainedAnew(const QByteArray &previous, Query &entry)
{
    QByteArray canonical;
    QCborStreamWriter writer(&canonical);
    writer.startArray(8);
    for (int column = 0; column < 3; ++column)
        writer.append(entry.integer(column));
    for (int column = 3; column < 8; ++column)
        writer.append(QStringView(entry.text(column)));
    writer.endArray();
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(previous);
    hash.addData(canonical);
    return hash.result();
}

} // namespace

// The trail of a small business, with heads told every few entries, and what can be done to it by
// somebody who owns the machine (reliability.md, T37).
class TestAudit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyTamperingIsFound_data();
    void everyTamperingIsFound();
    void aWholeTrailBuiltAnewHangsTogetherButForTheHeads();
    void rowsOfTheTrailAreNeitherChangedNorRemovedNorReplaced();
    void aHeadOfAnotherKeyProvesNothing();
    void anAlteredHeadProvesNothing();
    void aFileWithoutHeadsIsNoProof();
    void headsAreFoundInALog();
    void headsOfBeforeARestoreAreNotHeldAgainstIt();
    void theKeyIsMadeOnceAndItsOwnersAlone();

private:
    void dropTriggers();
    void tamper(const QByteArray &kind, int at);
    void buildAnew(int from);
    bool isSound();
    AuditHead tellHead();
    bool execute(const QByteArray &sql) { return bool(m_world->database->execute(sql)); }

    std::unique_ptr<QTemporaryDir> m_home;
    std::optional<AuditKey> m_key;
    std::unique_ptr<MasterWorld> m_world;
    std::vector<AuditHead> m_heads;
};

void TestAudit::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    auto key = AuditKey::open(m_home->filePath(u"audit.key"_s));
    QVERIFY(key);
    m_key = std::move(*key);
    m_heads.clear();
    m_world = std::make_unique<MasterWorld>();
    const Staff admin = m_world->person(u"adm"_s, Role::Administrator);
    const Area area = m_world->area(u"km"_s);
    for (int i = 1; i <= entriesMade; ++i) {
        m_world->clock.set(m_world->clock.now() + minute);
        const auto done = m_world->run(admin,
                                       MasterWorld::edit(u"area"_s, area.id,
                                                         {{u"name"_s, u"昆明%1"_s.arg(i)}}));
        QCOMPARE(done.reason, QString());
        if (i % headEvery == 0)
            m_heads.push_back(tellHead());
    }
    QVERIFY(isSound());
}

void TestAudit::cleanup()
{
    m_world.reset();
}

AuditHead TestAudit::tellHead()
{
    auto head = AuditTrail::head(*m_world->database);
    if (!head)
        qFatal("no head");
    head->at = m_world->clock.now();
    return m_key->sign(*head);
}

bool TestAudit::isSound()
{
    return AuditTrail::verify(*m_world->database)
        && checkHeads(*m_world->database, m_heads).isFine();
}

void TestAudit::dropTriggers()
{
    QVERIFY(execute("DROP TRIGGER audit_keeps_rows; DROP TRIGGER audit_keeps_text; "
                    "DROP TRIGGER audit_keeps_order"));
}

void TestAudit::buildAnew(int from)
{
    Database &database = *m_world->database;
    QByteArray previous(32, '\0');
    Query before = database.query("SELECT hash FROM audit WHERE pos=?");
    before.bind(1, from - 1);
    if (before.next())
        previous = before.bytes(0);
    before.reset();
    for (int pos = from;; ++pos) {
        Query entry = database.query(
            "SELECT pos, seq, at, actor, device, action, object, outcome FROM audit WHERE pos=?");
        entry.bind(1, pos);
        if (!entry.next())
            return;
        const QByteArray hash = chainedAnew(previous, entry);
        entry.reset();
        QVERIFY(database.query("UPDATE audit SET prev_hash=?, hash=? WHERE pos=?")
                    .bind(1, previous)
                    .bind(2, hash)
                    .bind(3, pos)
                    .run());
        previous = hash;
    }
}

void TestAudit::tamper(const QByteArray &kind, int at)
{
    const QByteArray pos = QByteArray::number(at);
    const QByteArray next = QByteArray::number(at + 1);
    if (kind == "delete") {
        QVERIFY(execute("DELETE FROM audit WHERE pos=" + pos));
    } else if (kind == "edit") {
        QVERIFY(execute("UPDATE audit SET actor='somebody else' WHERE pos=" + pos));
    } else if (kind == "reorder") {
        QVERIFY(execute("UPDATE audit SET pos=-1 WHERE pos=" + pos + "; UPDATE audit SET pos=" + pos
                        + " WHERE pos=" + next + "; UPDATE audit SET pos=" + next
                        + " WHERE pos=-1"));
    } else if (kind == "insert") {
        QVERIFY(execute("UPDATE audit SET pos=-pos-1 WHERE pos>=" + pos
                        + "; UPDATE audit SET pos=-pos WHERE pos<0; INSERT INTO audit SELECT " + pos
                        + ", seq, at, actor, device, action, object, outcome, prev_hash, hash "
                          "FROM audit WHERE pos="
                        + next));
        buildAnew(at);
    } else if (kind == "truncate") {
        QVERIFY(execute("DELETE FROM audit WHERE pos>=" + pos));
    } else {
        QVERIFY(execute("UPDATE audit SET object='' WHERE pos=" + pos));
        buildAnew(1);
    }
}

void TestAudit::everyTamperingIsFound_data()
{
    QTest::addColumn<QByteArray>("kind");
    for (const char *kind : {"delete", "edit", "reorder", "insert", "truncate", "rebuild"})
        QTest::newRow(kind) << QByteArray(kind);
}

void TestAudit::everyTamperingIsFound()
{
    QFETCH(QByteArray, kind);
    QRandomGenerator random(quint32(qHash(kind, 7)));
    for (int round = 0; round < rounds; ++round) {
        const int at = 1 + random.bounded(entriesMade - 1);
        QVERIFY(execute("SAVEPOINT trial"));
        dropTriggers();
        tamper(kind, at);
        QVERIFY2(!isSound(), qPrintable(u"%1 at %2"_s.arg(QLatin1StringView(kind)).arg(at)));
        QVERIFY(execute("ROLLBACK TO trial; RELEASE trial"));
    }
    QVERIFY(isSound());
}

void TestAudit::aWholeTrailBuiltAnewHangsTogetherButForTheHeads()
{
    dropTriggers();
    tamper("rebuild", 7);
    QVERIFY(AuditTrail::verify(*m_world->database));
    QVERIFY(!checkHeads(*m_world->database, m_heads).isFine());
}

void TestAudit::rowsOfTheTrailAreNeitherChangedNorRemovedNorReplaced()
{
    QVERIFY(!execute("UPDATE audit SET actor='x' WHERE pos=3"));
    QVERIFY(!execute("DELETE FROM audit WHERE pos=3"));
    QVERIFY(!execute("INSERT OR REPLACE INTO audit SELECT pos, seq, at, 'x', device, action, "
                     "object, outcome, prev_hash, hash FROM audit WHERE pos=3"));
    QVERIFY(isSound());
}

void TestAudit::aHeadOfAnotherKeyProvesNothing()
{
    const auto other = AuditKey::open(m_home->filePath(u"other.key"_s));
    QVERIFY(other);
    m_heads.push_back(other->sign(m_heads.back()));
    QVERIFY(!isSound());
}

void TestAudit::anAlteredHeadProvesNothing()
{
    m_heads.back().hash[0] = char(m_heads.back().hash[0] ^ 1);
    QVERIFY(!m_heads.back().isGenuine());
    QVERIFY(!isSound());
}

void TestAudit::aFileWithoutHeadsIsNoProof()
{
    m_heads.clear();
    QVERIFY(!isSound());
}

void TestAudit::headsAreFoundInALog()
{
    QByteArray log = "{\"at\":\"x\",\"message\":\"listening\"}\n";
    for (const AuditHead &head : m_heads)
        log += "Nov 22 box keydesk-server: {\"message\":\"" + head.line().toUtf8() + "\"}\n";
    const auto found = headsIn(log);
    QCOMPARE(found.size(), m_heads.size());
    QVERIFY(found.back().isGenuine());
    QCOMPARE(found.back().line(), m_heads.back().line());
}

void TestAudit::headsOfBeforeARestoreAreNotHeldAgainstIt()
{
    // Back to a backup of entry 22: heads 25 and 30 were told of what is lost.
    dropTriggers();
    QVERIFY(execute("DELETE FROM audit WHERE pos>22"));
    QVERIFY(!isSound());
    m_world->inGroup([&] {
        const auto done = m_world->authority.perform(
            [&](Transaction &, AuditEntry &entry) -> Result<> {
                entry.action = u"restore"_s;
                entry.object = u"fresh-epoch"_s;
                entry.outcome = u"applied"_s;
                return m_world->database->execute("UPDATE head SET epoch='fresh-epoch'");
            });
        QVERIFY(done);
    });
    m_heads.push_back(tellHead());
    QVERIFY(isSound());
    QVERIFY(execute("UPDATE audit SET actor='x' WHERE pos=12"));
    buildAnew(12);
    QVERIFY(!isSound());
}

void TestAudit::theKeyIsMadeOnceAndItsOwnersAlone()
{
    const QString path = m_home->filePath(u"audit.key"_s);
    const auto again = AuditKey::open(path);
    QVERIFY(again);
    QCOMPARE(again->publicKey(), m_key->publicKey());
    QVERIFY(!(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther)));
}

QTEST_GUILESS_MAIN(TestAudit)
#include "tst_audit.moc"
