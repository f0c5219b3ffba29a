#include "domain/entities.h"
#include "support/canaries.h"
#include "support/customer_revocation.h"
#include "sync/authority.h"
#include "tool/master_file.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

// What is left of the customers on a PC that may not have them any more: nothing, in no file of the
// profile and in no temporary one (sync.md, G9; reliability.md 3.3, T22). Each text of each
// customer on the server is a canary; a new PC loads them, one of them is worked on and then taken
// away.
class TestResidue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void nothingIsLeft_data();
    void nothingIsLeft();

public:
    enum Way { DroppedLive, DroppedAndSignedOut, DroppedAndKilled, Wiped };
    Q_ENUM(Way)

private:
    void plantCanaries();
    void startDesktop();
    /// Types into the customer's record, so that what was shown there stands in the queue's file.
    bool edit(const QString &account);
    void dropped(Way way, const QString &account);
    void wiped();
    QStringList filesWithAny(const QSet<QByteArray> &canaries) const;
    QSet<QByteArray> canariesOf(const QString &account) const { return m_ofAccount[account]; }

    Canaries m_canaries{11};
    QMap<QString, QSet<QByteArray>> m_ofAccount;
    QSet<QByteArray> m_all;
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<BatchProcess> m_head;
    std::unique_ptr<BatchProcess> m_desktop;
    QString m_temporary; // of the desktop
    QString m_managerId;
};

namespace {

const QString manager = u"1101"_s;
constexpr int timeForBytes = 60'000; // ms (sync.md, G9)

} // namespace

void TestResidue::init()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->initDemo().code, 0);
    plantCanaries();
    QVERIFY(m_all.size() > 100);
    QVERIFY(m_server->serve());
    m_head = std::make_unique<BatchProcess>(QStringLiteral(KEYDESK_PROGRAM),
                                            seatAt(*m_server, u"1171"_s));
    m_head->start();
    QVERIFY(m_head->sync().value(u"ok"_s).toBool());
    startDesktop();
}

void TestResidue::cleanup()
{
    m_desktop.reset();
    m_head.reset();
    m_server.reset();
    m_ofAccount.clear();
    m_all.clear();
}

// Into every text of every customer and of what belongs to one.
void TestResidue::plantCanaries()
{
    const Catalog catalog = makeCatalog();
    const CommandRegistry registry = makeCommandRegistry();
    auto master = openMaster(m_server->data() + u"/keydesk.db"_s, catalog);
    QVERIFY(master);
    RowStore store(**master, catalog);
    Authority authority(store, registry);
    QVERIFY(authority.beginGroup(SystemClock().now()));
    for (const QString &kind : {u"account"_s, u"account_site"_s, u"contact"_s, u"note"_s}) {
        const EntityInfo &entity = catalog.entity(kind);
        std::vector<Row> rows = store.select(entity, "deleted_at IS NULL");
        for (Row &row : rows) {
            m_canaries.dress(entity, row);
            const QString account = kind == u"account" ? row[common_column::Id].text()
                                                       : entity.cell(row, u"account_id"_s).text();
            for (const Cell &cell : row)
                m_ofAccount[account].unite(m_canaries.in(cell));
            m_all.unite(m_ofAccount[account]);
        }
        QVERIFY(authority.load(entity, rows));
    }
    QVERIFY(authority.commitGroup());
}

void TestResidue::startDesktop()
{
    m_desktop = std::make_unique<BatchProcess>(QStringLiteral(KEYDESK_PROGRAM),
                                               seatAt(*m_server, manager));
    m_temporary = m_server->file(u"tmp"_s);
    QVERIFY(QDir().mkpath(m_temporary));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"TMPDIR"_s, u"SQLITE_TMPDIR"_s, u"XDG_CACHE_HOME"_s})
        environment.insert(name, m_temporary);
    m_desktop->setEnvironment(environment);
    m_desktop->start();
    QVERIFY2(m_desktop->sync().value(u"ok"_s).toBool(), m_desktop->errors().constData());
    m_managerId = m_desktop->ask(uR"({"status":true})"_s).value(u"user_id"_s).toString();
}

bool TestResidue::edit(const QString &account)
{
    const QJsonObject shown = m_desktop
                                  ->rows(
                                      uR"({"query":"account","where":{"id":"%1"}})"_s.arg(account))
                                  .first()
                                  .toObject();
    const QJsonObject arguments{{u"entity"_s, u"account"_s},
                                {u"record"_s, account},
                                {u"patch"_s, QJsonObject{{u"website"_s, u"typed.example"_s}}},
                                {u"seen"_s, QJsonObject{{u"website"_s, shown[u"website"_s]}}}};
    m_desktop->ask({{u"command"_s, u"EditRecord"_s}, {u"args"_s, arguments}});
    const QJsonObject synced = m_desktop->sync();
    return synced.value(u"ok"_s).toBool() && synced.value(u"rejected"_s).toArray().isEmpty();
}

QStringList TestResidue::filesWithAny(const QSet<QByteArray> &canaries) const
{
    const auto asked = [&](const QByteArray &bytes) {
        return m_canaries.in(bytes).intersects(canaries);
    };
    return filesWhose(m_desktop->seat().data, asked) + filesWhose(m_temporary, asked);
}

void TestResidue::dropped(Way way, const QString &account)
{
    const QSet<QByteArray> canaries = canariesOf(account);
    QVERIFY2(!filesWithAny(canaries).isEmpty(), "or the search below proves nothing");
    QVERIFY(way != DroppedAndKilled || m_desktop->link(false));
    QVERIFY(revokeCustomer(*m_head, account, m_managerId));
    if (way == DroppedAndKilled) {
        m_desktop->send({{u"link"_s, u"up"_s}});
        m_desktop->answer();
        m_desktop->kill(); // at whatever it was about
        m_desktop->start();
    }
    QVERIFY(m_desktop->sync().value(u"ok"_s).toBool());
    const QString gone = uR"({"wait":{"query":"account","where":{"id":"%1"},"count":0}})"_s;
    QVERIFY(m_desktop->ask(gone.arg(account)).value(u"ok"_s).toBool());
    if (way == DroppedAndSignedOut)
        QCOMPARE(m_desktop->finish(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(filesWithAny(canaries).join(u' '), QString(), timeForBytes);
}

void TestResidue::wiped()
{
    QVERIFY(!filesWithAny(m_all).isEmpty());
    const auto listed = m_server->run({u"device"_s, u"list"_s, manager});
    const QString device =
        QJsonDocument::fromJson(listed.out.trimmed()).object()[u"device"_s].toString();
    QCOMPARE(m_server->run({u"device"_s, u"wipe"_s, device}).code, 0);
    QTRY_COMPARE_WITH_TIMEOUT(filesWithAny(m_all).join(u' '), QString(), timeForBytes);
}

void TestResidue::nothingIsLeft_data()
{
    QTest::addColumn<Way>("way");
    QTest::newRow("dropped while connected") << DroppedLive;
    QTest::newRow("dropped, then signed out") << DroppedAndSignedOut;
    QTest::newRow("dropped offline, killed amid the news") << DroppedAndKilled;
    QTest::newRow("wiped") << Wiped;
}

void TestResidue::nothingIsLeft()
{
    QFETCH(Way, way);
    const QJsonArray customers = customersWithoutDeals(*m_desktop);
    QVERIFY(!customers.isEmpty());
    const QString account = customers.first().toObject().value(u"id"_s).toString();
    QVERIFY(edit(account));
    way == Wiped ? wiped() : dropped(way, account);
}

QTEST_GUILESS_MAIN(TestResidue)
#include "tst_residue.moc"
