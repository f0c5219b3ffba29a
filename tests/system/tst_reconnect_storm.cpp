#include "support/enrolled_directly.h"
#include "support/server_process.h"

#include <QElapsedTimer>
#include <QTest>

#include <unistd.h>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

constexpr int people = 8;
constexpr qint64 syncedWithin = 60'000; // ms; reliability.md 3.3, T15
constexpr qint64 idleWithin = 90'000;

int desktops()
{
    const int wanted = qEnvironmentVariableIntValue("KEYDESK_SOAK_CONNECTIONS");
    return wanted > 0 ? wanted : 150;
}

} // namespace

// The server dies under all its desktops and comes back: all of them return, each after a pause of
// its own, are in sync soon, and then there is quiet (T15).
class TestReconnectStorm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void allConnectionsReturnAndTheServerIsIdleAgain();

private:
    qsizetype countIf(bool (*is)(const LightDesktop &, qint64), qint64 head) const;
    qint64 headAtServer() const;
    double shareOfACore() const;
    QByteArray problems() const;

    std::unique_ptr<ServerProcess> m_server;
    std::vector<LightDesktop::Identity> m_identities;
    std::vector<std::unique_ptr<LightDesktop>> m_desktops;
};

void TestReconnectStorm::initTestCase()
{
    allowManyFiles();
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->init().code, 0);
    QStringList codes;
    for (int i = 0; i < people; ++i) {
        codes.append(u"hot%1"_s.arg(i));
        QCOMPARE(m_server->addUser(codes.last(), u"hotline_agent"_s).code, 0);
    }
    m_identities = enrolledDirectly(m_server->data() + u"/keydesk.db"_s, codes, desktops());
    QCOMPARE(int(m_identities.size()), desktops());
    QVERIFY(m_server->serve());
}

void TestReconnectStorm::cleanupTestCase()
{
    m_desktops.clear();
    m_server.reset();
}

qsizetype TestReconnectStorm::countIf(bool (*is)(const LightDesktop &, qint64), qint64 head) const
{
    return std::count_if(m_desktops.begin(), m_desktops.end(),
                         [&](const auto &desktop) { return is(*desktop, head); });
}

qint64 TestReconnectStorm::headAtServer() const
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    const auto database = Database::open(m_server->data() + u"/keydesk.db"_s, options);
    if (!database)
        return -1;
    // A sign-in takes a number as well, and nobody is told of it: what all must have is the last
    // change of a person.
    Query head = (*database)->query("SELECT max(row_ver) FROM staff");
    return head.next() ? head.integer(0) : -1;
}

// Of the serving process, over a second.
double TestReconnectStorm::shareOfACore() const
{
    const auto ticks = [this]() -> qint64 {
        QFile stat(u"/proc/%1/stat"_s.arg(m_server->processId()));
        if (!stat.open(QFile::ReadOnly))
            return -1;
        const QByteArray all = stat.readAll();
        const auto fields = all.mid(all.lastIndexOf(')') + 2).split(' ');
        return fields.value(11).toLongLong() + fields.value(12).toLongLong();
    };
    QElapsedTimer timer;
    const qint64 before = ticks();
    timer.start();
    QTest::qWait(1000);
    return double(ticks() - before) / double(sysconf(_SC_CLK_TCK))
        / (double(timer.elapsed()) / 1000);
}

QByteArray TestReconnectStorm::problems() const
{
    std::map<QString, int> words;
    for (const auto &desktop : m_desktops)
        ++words[desktop->refusal];
    QByteArray text;
    for (const auto &[word, count] : words)
        text += QByteArray::number(count) + " heard \"" + word.toUtf8() + "\"; ";
    return text + m_server->log().right(1000);
}

void TestReconnectStorm::allConnectionsReturnAndTheServerIsIdleAgain()
{
    const auto isSynced = [](const LightDesktop &desktop, qint64 head) {
        return desktop.isLive() && desktop.syncedTo >= head;
    };
    const auto all = qsizetype(m_identities.size());
    QElapsedTimer first;
    first.start();
    for (const auto &identity : m_identities) {
        m_desktops.push_back(std::make_unique<LightDesktop>(m_server->port(), identity));
        m_desktops.back()->open();
    }
    QTRY_VERIFY2_WITH_TIMEOUT(countIf(isSynced, headAtServer()) == all, problems().constData(),
                              int(syncedWithin));
    const qint64 firstTime = first.elapsed();

    m_server->kill();
    QTRY_VERIFY_WITH_TIMEOUT(countIf([](const LightDesktop &desktop,
                                        qint64) { return desktop.isLive(); },
                                     0)
                                 == 0,
                             20'000);
    QElapsedTimer again;
    again.start();
    QVERIFY(m_server->serve());
    // Somebody has news at once: whoever is back already hears of it, the others find it.
    QCOMPARE(m_server->addUser(u"late"_s, u"hotline_agent"_s).code, 0);
    const qint64 news = headAtServer();
    QTRY_VERIFY2_WITH_TIMEOUT(countIf(isSynced, news) == all, problems().constData(),
                              int(syncedWithin));
    const qint64 backAfter = again.elapsed();
    double share = shareOfACore();
    while (share > 0.1 && again.elapsed() < idleWithin)
        share = shareOfACore();
    QVERIFY2(share <= 0.1, qPrintable(QString::number(share)));
    const qint64 idleAfter = again.elapsed();
    int tries = 0;
    for (const auto &desktop : m_desktops)
        tries += desktop->connections;
    qInfo("report: %lld desktops at once: all in sync after %.1f s; the server killed and started: "
          "all back and in sync after %.1f s, the server idle (%.0f %% of a core) after %.1f s, "
          "%.1f connections tried by each",
          qint64(all), double(firstTime) / 1000, double(backAfter) / 1000, share * 100,
          double(idleAfter) / 1000, double(tries) / double(all));
    QVERIFY(m_server->isRunning());
}

QTEST_GUILESS_MAIN(TestReconnectStorm)
#include "tst_reconnect_storm.moc"
