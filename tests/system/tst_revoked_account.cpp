#include "support/customer_revocation.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

// Who no longer looks after a customer no longer holds it: its rows leave the desktop, and its name
// leaves the bytes of the replica's files (sync.md, G9).
class TestRevokedAccount : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void accountLeavesTheTablesAndTheBytes();
    void whatWasRevokedOffTheLineGoesAtTheNextSync();
    void typedTextOfARevokedEditIsKept();

private:
    bool revoke() { return revokeCustomer(*m_head, m_account, m_managerId); }
    QStringList filesWith(const QByteArray &text) const;

    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<BatchProcess> m_manager; // loses the account
    std::unique_ptr<BatchProcess> m_head; // takes it from him
    QString m_managerId;
    QString m_account;
    QString m_name;
};

void TestRevokedAccount::init()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->initDemo().code, 0);
    QVERIFY(m_server->serve());
    const QString program = QStringLiteral(KEYDESK_PROGRAM);
    m_manager = std::make_unique<BatchProcess>(program, seatAt(*m_server, u"1101"_s));
    m_head = std::make_unique<BatchProcess>(program, seatAt(*m_server, u"1171"_s));
    m_manager->start();
    m_head->start();
    QVERIFY(m_manager->sync().value(u"ok"_s).toBool());
    QVERIFY(m_head->sync().value(u"ok"_s).toBool());
    m_managerId = m_manager->ask(uR"({"status":true})"_s).value(u"user_id"_s).toString();
    const QJsonObject customer = customersWithoutDeals(*m_manager).first().toObject();
    m_account = customer.value(u"id"_s).toString();
    m_name = customer.value(u"name"_s).toString();
    QVERIFY(!m_account.isEmpty());
}

void TestRevokedAccount::cleanup()
{
    m_manager.reset();
    m_head.reset();
    m_server.reset();
}

// The outbox is left out: it holds what the person typed, and that is his.
QStringList TestRevokedAccount::filesWith(const QByteArray &text) const
{
    QStringList found = filesWhose(m_manager->seat().data,
                                   [&](const QByteArray &bytes) { return bytes.contains(text); });
    found.removeIf([](const QString &name) { return name.startsWith(u"outbox.db"); });
    return found;
}

void TestRevokedAccount::accountLeavesTheTablesAndTheBytes()
{
    const QStringList before = filesWith(m_name.toUtf8());
    QVERIFY2(!before.isEmpty(), "or the search below proves nothing");
    QVERIFY(revoke());
    const QString gone = uR"({"wait":{"query":"account","where":{"id":"%1"},"count":0}})"_s.arg(
        m_account);
    QVERIFY(m_manager->ask(gone).value(u"ok"_s).toBool());
    // His own assignment, ended, stays with him: it names the customer by id alone.
    for (const QString &entity : {u"contact"_s, u"account_site"_s, u"note"_s}) {
        const QString rest = uR"({"query":"%1","where":{"account_id":"%2"}})"_s.arg(entity,
                                                                                    m_account);
        QVERIFY2(m_manager->rows(rest).isEmpty(), qPrintable(entity));
    }
    QCOMPARE(m_manager->ask({{u"search"_s, m_name}}).value(u"hits"_s).toArray().size(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(filesWith(m_name.toUtf8()), QStringList(), 60'000);
}

void TestRevokedAccount::whatWasRevokedOffTheLineGoesAtTheNextSync()
{
    QVERIFY(m_manager->link(false));
    QVERIFY(revoke());
    const QString look = uR"({"query":"account","where":{"id":"%1"}})"_s.arg(m_account);
    QCOMPARE(m_manager->rows(look).size(), 1);
    QVERIFY(m_manager->link(true));
    QVERIFY(m_manager->sync().value(u"ok"_s).toBool());
    QCOMPARE(m_manager->rows(look).size(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(filesWith(m_name.toUtf8()), QStringList(), 60'000);
}

void TestRevokedAccount::typedTextOfARevokedEditIsKept()
{
    QVERIFY(m_manager->link(false));
    const QString edit =
        uR"({"command":"EditRecord","args":{"entity":"account","record":"%1","patch":{"website":"typed.example"}}})"_s
            .arg(m_account);
    QVERIFY(m_manager->ask(edit).value(u"ok"_s).toBool());
    QVERIFY(revoke());
    QVERIFY(m_manager->link(true));
    const QJsonArray rejected = m_manager->sync().value(u"rejected"_s).toArray();
    QCOMPARE(rejected.size(), 1);
    const QJsonObject kept = rejected[0].toObject();
    QCOMPARE(kept.value(u"error"_s).toObject().value(u"reason"_s).toString(),
             u"record.not_found"_s);
    QCOMPARE(kept.value(u"args"_s).toObject().value(u"patch"_s).toObject().value(u"website"_s),
             QJsonValue(u"typed.example"_s));
    QTRY_COMPARE_WITH_TIMEOUT(filesWith(m_name.toUtf8()), QStringList(), 60'000);
}

QTEST_GUILESS_MAIN(TestRevokedAccount)
#include "tst_revoked_account.moc"
