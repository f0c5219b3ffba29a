#include "domain/entities.h"
#include "support/batch_process.h"
#include "support/tcp_proxy.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

// Two people work on the same customer while the line of one of them is down: when it is back, what
// both did stands, and what contradicts is told field by field (sync.md, G5, G7, G10, "Conflicts").
class TestNetworkCut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void workOnBothSidesOfACutMerges_data();
    void workOnBothSidesOfACutMerges();
    void conflictsAreToldPerField();
    void heldUpLineDeliversLate();
    void firstLoadGoesOnAfterCutsInItsMiddle();
    void enrolmentOutlivesACutAtAnyByte();

private:
    enum class Cut { AtTheWire, AtTheDesktop };
    void cut(Cut where);
    void heal(Cut where);
    std::unique_ptr<BatchProcess> desktop(const QString &user, const QString &address = {},
                                          const QString &pc = {});
    /// Fields of the customer both look after, as this desktop has it.
    QJsonObject customerAt(BatchProcess &desktop) const;
    bool edit(BatchProcess &desktop, const QJsonObject &patch, const QJsonObject &seen) const;
    bool note(BatchProcess &desktop, const QString &text) const;
    QStringList notesAt(BatchProcess &desktop) const;

    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<TcpProxy> m_wire;
    std::unique_ptr<BatchProcess> m_away; // the account manager, behind the wire
    std::unique_ptr<BatchProcess> m_office; // his supervisor
    QString m_customer;
};

std::unique_ptr<BatchProcess> TestNetworkCut::desktop(const QString &user, const QString &address,
                                                      const QString &pc)
{
    auto made = std::make_unique<BatchProcess>(QStringLiteral(KEYDESK_PROGRAM),
                                               seatAt(*m_server, user, address, pc));
    made->start();
    return made;
}

void TestNetworkCut::init()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->initDemo().code, 0);
    QVERIFY(m_server->serve());
    m_wire = std::make_unique<TcpProxy>(m_server->port());
    m_away = desktop(u"1101"_s, m_wire->address());
    m_office = desktop(u"1161"_s);
    QVERIFY2(m_away->sync().value(u"ok"_s).toBool(), m_away->errors().constData());
    QVERIFY2(m_office->sync().value(u"ok"_s).toBool(), m_office->errors().constData());
    const QJsonArray customers = m_away->rows(
        uR"({"query":"account","where":{"owner_staff_id":"1101"},"order":["name"]})"_s);
    QVERIFY(!customers.isEmpty());
    m_customer = customers[0].toObject().value(u"id"_s).toString();
}

void TestNetworkCut::cleanup()
{
    m_away.reset();
    m_office.reset();
    m_wire.reset();
    m_server.reset();
}

void TestNetworkCut::cut(Cut where)
{
    if (where == Cut::AtTheWire)
        m_wire->cut();
    else
        QVERIFY(m_away->link(false));
}

void TestNetworkCut::heal(Cut where)
{
    if (where == Cut::AtTheWire)
        QVERIFY(m_wire->heal());
    else
        QVERIFY(m_away->link(true));
}

QJsonObject TestNetworkCut::customerAt(BatchProcess &desktop) const
{
    return desktop
        .rows(
            uR"({"query":"account","where":{"id":"%1"},"fields":["website","address","english_name","branches","remarks"]})"_s
                .arg(m_customer))
        .at(0)
        .toObject();
}

bool TestNetworkCut::edit(BatchProcess &desktop, const QJsonObject &patch,
                          const QJsonObject &seen) const
{
    const QJsonObject arguments{{u"entity"_s, u"account"_s},
                                {u"record"_s, m_customer},
                                {u"patch"_s, patch},
                                {u"seen"_s, seen}};
    return desktop.ask({{u"command"_s, u"EditRecord"_s}, {u"args"_s, arguments}})
        .value(u"ok"_s)
        .toBool();
}

bool TestNetworkCut::note(BatchProcess &desktop, const QString &text) const
{
    const QJsonObject arguments{{u"entity"_s, u"account"_s},
                                {u"record"_s, m_customer},
                                {u"body"_s, text}};
    return desktop.ask({{u"command"_s, u"AddNote"_s}, {u"args"_s, arguments}})
        .value(u"ok"_s)
        .toBool();
}

QStringList TestNetworkCut::notesAt(BatchProcess &desktop) const
{
    QStringList texts;
    const QJsonArray notes = desktop.rows(
        uR"({"query":"note","where":{"account_id":"%1"},"fields":["body"]})"_s.arg(m_customer));
    for (const auto &row : notes)
        texts.append(row.toObject().value(u"body"_s).toString());
    texts.sort();
    return texts;
}

void TestNetworkCut::workOnBothSidesOfACutMerges_data()
{
    QTest::addColumn<Cut>("where");
    QTest::newRow("the wire is cut") << Cut::AtTheWire;
    QTest::newRow("the desktop was told to stay off the line") << Cut::AtTheDesktop;
}

void TestNetworkCut::workOnBothSidesOfACutMerges()
{
    QFETCH(Cut, where);
    const QJsonObject before = customerAt(*m_away);
    cut(where);
    QVERIFY(edit(*m_away, {{u"website"_s, u"away.example"_s}},
                 {{u"website"_s, before.value(u"website"_s)}}));
    QVERIFY(edit(*m_office, {{u"english_name"_s, u"Office Ltd"_s}},
                 {{u"english_name"_s, before.value(u"english_name"_s)}}));
    for (const QString &word : {u"一"_s, u"二"_s, u"三"_s}) {
        QVERIFY(note(*m_away, u"路上"_s + word));
        QVERIFY(note(*m_office, u"办公室"_s + word));
    }
    QVERIFY(m_office->sync().value(u"ok"_s).toBool());
    QVERIFY(!notesAt(*m_office).contains(u"路上一"_s));
    QVERIFY(!notesAt(*m_away).contains(u"办公室一"_s));
    heal(where);

    const QJsonObject synced = m_away->sync();
    QVERIFY2(synced.value(u"ok"_s).toBool(), m_away->errors().constData());
    QVERIFY(synced.value(u"rejected"_s).toArray().isEmpty());
    QVERIFY(m_office->sync().value(u"ok"_s).toBool());
    const QJsonObject after = customerAt(*m_away);
    QCOMPARE(after.value(u"website"_s).toString(), u"away.example"_s);
    QCOMPARE(after.value(u"english_name"_s).toString(), u"Office Ltd"_s);
    QCOMPARE(after, customerAt(*m_office));
    QCOMPARE(notesAt(*m_away), notesAt(*m_office));
    QVERIFY(notesAt(*m_away).contains(u"路上三"_s) && notesAt(*m_away).contains(u"办公室三"_s));
}

void TestNetworkCut::conflictsAreToldPerField()
{
    const QJsonObject seen = customerAt(*m_away);
    m_wire->cut();
    const auto change = [&seen, this](BatchProcess &desktop, const QJsonObject &patch) {
        QJsonObject looked;
        for (const QString &field : patch.keys())
            looked[field] = seen.value(field);
        return edit(desktop, patch, looked);
    };
    QVERIFY(change(*m_office,
                   {{u"website"_s, u"office.example"_s},
                    {u"branches"_s, 77},
                    {u"address"_s, u"同一地址"_s},
                    {u"remarks"_s, u"办公室备注"_s}}));
    QVERIFY(m_office->sync().value(u"ok"_s).toBool());
    QVERIFY(change(*m_away, {{u"website"_s, u"away.example"_s}})); // another value
    QVERIFY(change(*m_away, {{u"address"_s, u"同一地址"_s}})); // the same value
    QVERIFY(change(*m_away, {{u"remarks"_s, u"路上备注"_s}})); // the last one stands
    QVERIFY(change(*m_away, {{u"branches"_s, 5}, {u"english_name"_s, u"Away Ltd"_s}}));
    QVERIFY(m_wire->heal());

    const QJsonArray rejected = m_away->sync().value(u"rejected"_s).toArray();
    QCOMPARE(rejected.size(), 2);
    const Catalog catalog = makeCatalog();
    const auto label = [&catalog](const QString &field) {
        return catalog.entity(u"account"_s).field(field)->label.text(QLocale::English);
    };
    for (const auto &[i, field] : {std::pair(0, u"website"_s), std::pair(1, u"branches"_s)}) {
        const QJsonObject error = rejected[i].toObject().value(u"error"_s).toObject();
        QCOMPARE(error.value(u"reason"_s).toString(), u"record.changed"_s);
        QVERIFY2(error.value(u"message"_s).toString().contains(label(field)),
                 qPrintable(error.value(u"message"_s).toString()));
        QVERIFY(!error.value(u"message"_s).toString().contains(label(u"english_name"_s)));
    }
    QJsonObject now = customerAt(*m_away);
    QCOMPARE(now.value(u"website"_s).toString(), u"office.example"_s);
    QCOMPARE(now.value(u"branches"_s).toInt(), 77);
    QCOMPARE(now.value(u"remarks"_s).toString(), u"路上备注"_s);
    QVERIFY(m_office->sync().value(u"ok"_s).toBool());
    QCOMPARE(now, customerAt(*m_office));
}

void TestNetworkCut::heldUpLineDeliversLate()
{
    m_wire->hold();
    QVERIFY(note(*m_away, u"堵在路上"_s));
    QVERIFY(note(*m_office, u"同时"_s));
    QVERIFY(m_office->sync().value(u"ok"_s).toBool());
    QVERIFY(!m_away->sync(300).value(u"ok"_s).toBool());
    QVERIFY(!notesAt(*m_office).contains(u"堵在路上"_s));
    QVERIFY(m_wire->heal());
    QVERIFY(m_away->sync().value(u"ok"_s).toBool());
    QVERIFY(m_office->sync().value(u"ok"_s).toBool());
    QCOMPARE(notesAt(*m_away), notesAt(*m_office));
    QCOMPARE(notesAt(*m_office).count(u"堵在路上"_s), 1);
}

void TestNetworkCut::firstLoadGoesOnAfterCutsInItsMiddle()
{
    // The department's replica is the largest of the demo.
    TcpProxy wire(m_server->port());
    const auto head = desktop(u"1171"_s, wire.address());
    wire.cutAfter(30'000);
    head->send({{u"sync"_s, true}, {u"timeout_ms"_s, 60'000}});
    for (const qint64 bytes : {60'000, 120'000}) {
        QTRY_VERIFY_WITH_TIMEOUT(wire.isCut(), 30'000);
        QVERIFY(wire.heal());
        wire.cutAfter(bytes);
    }
    QTRY_VERIFY_WITH_TIMEOUT(wire.isCut(), 30'000);
    QVERIFY(wire.heal());
    const QJsonObject synced = head->answer();
    QVERIFY2(synced.value(u"ok"_s).toBool(), head->errors().constData());

    const auto other = desktop(u"1171"_s, {}, u"-other"_s);
    QVERIFY(other->sync().value(u"ok"_s).toBool());
    for (const QString &entity : {u"account"_s, u"contact"_s, u"opportunity"_s, u"note"_s}) {
        const QString all = uR"({"query":"%1","limit":100000})"_s.arg(entity);
        const QJsonArray rows = other->rows(all);
        QVERIFY2(rows.size() > 50, qPrintable(entity));
        QCOMPARE(head->rows(all), rows);
    }
}

void TestNetworkCut::enrolmentOutlivesACutAtAnyByte()
{
    // From the handshake to the welcome; each step is a message or less.
    for (int bytes = 1250; bytes < 1800; bytes += 70) {
        TcpProxy wire(m_server->port());
        const auto fresh = desktop(u"1131"_s, wire.address(), u"-%1"_s.arg(bytes));
        wire.cutAfter(bytes);
        fresh->send({{u"sync"_s, true}});
        QTRY_VERIFY_WITH_TIMEOUT(wire.isCut(), 30'000);
        QVERIFY(wire.heal());
        QVERIFY2(fresh->answer().value(u"ok"_s).toBool(), fresh->errors().constData());
    }
}

QTEST_GUILESS_MAIN(TestNetworkCut)
#include "tst_network_cut.moc"
