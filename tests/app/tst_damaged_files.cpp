#include "support/office.h"

#include "commands/edit_record.h"
#include "domain/account.h"
#include "domain/area.h"
#include "domain/assignment.h"
#include "domain/contact.h"
#include "domain/entities.h"
#include "query/search.h"
#include "sync/outbox.h"
#include "workbench.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000; // ms, against a loaded machine only
constexpr qint64 pageSize = 4096;
constexpr char goodName[] = "工商银行昆明分行";
constexpr char badName[] = "工商银行昆明分号"; // another last character, as many bytes

// What a disk does to a file.
enum class Damage { ZeroPage, Truncate, FlipText, FlipHeader, DropLog, Swap, Remove };

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QFile::WriteOnly | QFile::Truncate) && file.write(bytes) == bytes.size();
}

void zeroPage(QByteArray &bytes, qint64 page)
{
    for (qint64 i = page * pageSize; i < std::min<qint64>(bytes.size(), (page + 1) * pageSize); ++i)
        bytes[i] = '\0';
}

} // namespace

// Files of the desktop that a disk, a crash or a person has damaged: a replica is loaded anew, what
// was typed is never lost without a word, and the program lives (sync.md, G10 and "Two files").
class TestDamagedFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void damagedReplicaIsLoadedAnew_data();
    void damagedReplicaIsLoadedAnew();
    void damageFoundWhileIdleIsMended();
    void damagedOutboxIsKeptAndTold();
    void outboxThatIsNoDatabaseIsKeptAndTold();
    void readOnlyDirectoryIsSaid();
    void replicaGoesAWeekAfterTheLeaseByTheServersTimeOnly();

private:
    std::unique_ptr<Workbench> newWorkbench();
    void signIn(Workbench &workbench);
    void settle(Workbench &workbench);
    bool queueRename(Workbench &workbench, const QString &name);
    QString find(const QString &pattern) const;
    QStringList pictureOf(RowStore &store) const;
    bool isWhole(Workbench &workbench) const;
    void damage(Damage how, int round, const QByteArray &foreign);
    QString serverShortName();

    Catalog m_catalog = makeCatalog();
    CommandRegistry m_registry = makeCommandRegistry();
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Office> m_office;
    RecordId m_manager;
    RecordId m_account;
    QStringList m_refusals;
};

void TestDamagedFiles::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_office = std::make_unique<Office>(m_catalog, m_registry);
    m_refusals.clear();
    Area area;
    area.code = u"KM"_s;
    area.name = u"昆明"_s;
    const RecordId home = m_office->add(area);
    Staff staff;
    staff.code = u"1001"_s;
    staff.name = u"员工1001"_s;
    staff.roles.keys = {keyOf(Role::AccountManager)};
    staff.areaId = home;
    m_manager = m_office->add(staff);
    for (int i = 0; i < 30; ++i) {
        Account account;
        account.name = i == 0 ? QString::fromUtf8(goodName) : u"客户%1"_s.arg(i);
        account.groupCode = u"G-%1"_s.arg(i);
        account.areaId = home;
        const RecordId id = m_office->add(account);
        if (i == 0)
            m_account = id;
        Assignment assignment;
        assignment.accountId = id;
        assignment.areaId = home;
        assignment.staffId = m_manager;
        assignment.role = AssignmentRole::MainAm;
        m_office->add(assignment);
        Contact contact;
        contact.name = u"李工%1"_s.arg(i);
        contact.phone = u"139001390%1"_s.arg(i, 2, 10, QLatin1Char('0'));
        contact.accountId = id;
        contact.areaId = home;
        m_office->add(contact);
    }
    m_office->open();
}

void TestDamagedFiles::cleanup()
{
    m_office.reset();
}

std::unique_ptr<Workbench> TestDamagedFiles::newWorkbench()
{
    Workbench::Options options;
    options.dataDirectory = m_directory->path();
    options.makeLink = m_office->links();
    auto workbench = std::make_unique<Workbench>(std::move(options));
    connect(workbench.get(), &Workbench::refused, this,
            [this](const Error &error, bool) { m_refusals.append(error.key()); });
    return workbench;
}

void TestDamagedFiles::signIn(Workbench &workbench)
{
    Workbench::SignIn request;
    request.server = u"office:1"_s;
    request.user = u"1001"_s;
    request.password = u"secret"_s;
    request.enrolment = u"keydesk://office:1/#"_s + QString(64, u'a') + u"/ABCD-EFGH"_s;
    const auto asked = workbench.signIn(request);
    QVERIFY2(asked, asked ? "" : qPrintable(asked.error().key() + asked.error().detail));
}

void TestDamagedFiles::settle(Workbench &workbench)
{
    bool settled = false;
    workbench.whenSettled([&settled] { settled = true; });
    QTRY_VERIFY_WITH_TIMEOUT(settled, patience);
}

bool TestDamagedFiles::queueRename(Workbench &workbench, const QString &name)
{
    EditRecord edit;
    edit.entity = u"account"_s;
    edit.record = m_account;
    edit.patch = {{u"short_name"_s, Cell(name)}};
    std::optional<bool> queued;
    workbench.run(callOf(edit),
                  [&queued](const Result<RunOutcome> &outcome) { queued = bool(outcome); });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(queued.has_value(), patience); }();
    return queued.value_or(false);
}

QString TestDamagedFiles::find(const QString &pattern) const
{
    QDirIterator files(m_directory->path(), {pattern}, QDir::Files, QDirIterator::Subdirectories);
    return files.hasNext() ? files.next() : QString();
}

QStringList TestDamagedFiles::pictureOf(RowStore &store) const
{
    QStringList picture;
    for (const QString &table : {u"account"_s, u"contact"_s, u"assignment"_s}) {
        const EntityInfo &entity = m_catalog.entity(table);
        Query rows = store.database().query("SELECT " + store.columnList(entity) + " FROM "
                                            + table.toLatin1() + " ORDER BY id");
        while (rows.next()) {
            QString line;
            for (int i = 0; i < entity.fieldCount(); ++i)
                line += rows.text(i) + u'|';
            picture.append(line);
        }
    }
    return picture;
}

// The rows are the server's, and names are found.
bool TestDamagedFiles::isWhole(Workbench &workbench) const
{
    if (!workbench.isReady())
        return false;
    RowStore &store = workbench.reader().store();
    return pictureOf(store) == pictureOf(m_office->store())
        && !searchRecords(store.database(), m_catalog, u"工商银行"_s, 10).empty();
}

QString TestDamagedFiles::serverShortName()
{
    return fromRow<Account>(*m_office->store().find(m_catalog.entity(u"account"_s), m_account))
        .shortName;
}

void TestDamagedFiles::damage(Damage how, int round, const QByteArray &foreign)
{
    const QString path = find(u"replica-*.db"_s);
    QVERIFY(!path.isEmpty());
    QByteArray bytes = bytesOf(path);
    switch (how) {
    case Damage::ZeroPage:
        zeroPage(bytes, (round * 7) % (bytes.size() / pageSize));
        break;
    case Damage::Truncate:
        bytes.truncate(bytes.size() * (round % 9) / 9 + round % 3 * 100);
        break;
    case Damage::FlipText:
        QVERIFY(bytes.contains(goodName));
        bytes.replace(goodName, badName);
        break;
    case Damage::FlipHeader:
        bytes[round % 100] = char(bytes[round % 100] ^ (1 << round % 8));
        break;
    case Damage::DropLog:
        QFile::remove(path + u"-wal"_s);
        QFile::remove(path + u"-shm"_s);
        return;
    case Damage::Swap:
        bytes = foreign;
        break;
    case Damage::Remove:
        QVERIFY(QFile::remove(path));
        return;
    }
    QVERIFY(write(path, bytes));
}

void TestDamagedFiles::damagedReplicaIsLoadedAnew_data()
{
    QTest::addColumn<Damage>("how");
    QTest::addColumn<int>("rounds");
    QTest::newRow("a page is zero") << Damage::ZeroPage << 12;
    QTest::newRow("the end is missing") << Damage::Truncate << 5;
    QTest::newRow("bytes of a name are others") << Damage::FlipText << 1;
    QTest::newRow("a bit of the header has flipped") << Damage::FlipHeader << 12;
    QTest::newRow("the log is gone") << Damage::DropLog << 2;
    QTest::newRow("it is another person's") << Damage::Swap << 1;
    QTest::newRow("it is gone") << Damage::Remove << 2;
}

void TestDamagedFiles::damagedReplicaIsLoadedAnew()
{
    QFETCH(Damage, how);
    QFETCH(int, rounds);
    QByteArray foreign;
    {
        const auto workbench = newWorkbench();
        signIn(*workbench);
        QTRY_VERIFY_WITH_TIMEOUT(isWhole(*workbench), patience);
        settle(*workbench);
    }
    if (how == Damage::Swap) {
        const auto file = Database::open(find(u"replica-*.db"_s));
        QVERIFY(file);
        QVERIFY((*file)->execute("UPDATE meta SET value='somebody' WHERE key='user';"
                                 "UPDATE account SET name='别人的客户'"));
        QVERIFY((*file)->truncateLog());
        foreign = bytesOf((*file)->path());
        QVERIFY(foreign.contains("somebody"));
    }
    for (int round = 0; round < rounds; ++round) {
        const QString name = u"改%1"_s.arg(round);
        {
            const auto workbench = newWorkbench();
            signIn(*workbench);
            QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
            workbench->setLinkEnabled(false);
            QVERIFY(queueRename(*workbench, name));
        }
        damage(how, round, foreign);
        const auto workbench = newWorkbench();
        signIn(*workbench);
        settle(*workbench);
        QCOMPARE(serverShortName(), name); // what was typed has arrived
        QVERIFY(workbench->rejected().empty());
        QTRY_VERIFY_WITH_TIMEOUT(isWhole(*workbench), patience);
        QVERIFY(workbench->status().alarm.isEmpty());
    }
    qInfo("report: %d damaged replicas loaded anew (%s)", rounds, QTest::currentDataTag());
}

// On the disk, under a program at work; it looks as soon as it is in line with the server.
void TestDamagedFiles::damageFoundWhileIdleIsMended()
{
    {
        const auto workbench = newWorkbench();
        signIn(*workbench);
        QTRY_VERIFY_WITH_TIMEOUT(isWhole(*workbench), patience);
    }
    m_office->setReachable(false);
    const auto workbench = newWorkbench();
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    {
        const auto file = Database::open(find(u"replica-*.db"_s));
        QVERIFY(file);
        QVERIFY((*file)->query("UPDATE account SET address=?").bind(1, u"坏"_s).run());
    }
    QVERIFY(!isWhole(*workbench));
    m_office->setReachable(true);
    workbench->syncNow();
    QTRY_VERIFY_WITH_TIMEOUT(isWhole(*workbench), patience);
}

void TestDamagedFiles::damagedOutboxIsKeptAndTold()
{
    constexpr int typed = 20;
    {
        const auto workbench = newWorkbench();
        signIn(*workbench);
        QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
        workbench->setLinkEnabled(false);
        for (int i = 0; i < typed; ++i)
            QVERIFY(queueRename(*workbench, u"改%1"_s.arg(i)));
    }
    m_office->setReachable(false);
    const QString path = find(u"outbox.db"_s);
    {
        const auto file = Database::open(path); // its log into the file
        QVERIFY(file && (*file)->truncateLog());
    }
    const QByteArray good = bytesOf(path);
    const int pages = int(good.size() / pageSize);
    QVERIFY(pages > 5);
    int told = 0;
    int saved = 0;
    for (int round = 0; round < 2 * pages; ++round) {
        QByteArray bytes = good;
        if (round < pages)
            zeroPage(bytes, round);
        else
            bytes.truncate((round - pages) * pageSize);
        if (bytes.isEmpty())
            continue; // an empty file is an outbox nobody has written to
        for (const QString &suffix : {u"-wal"_s, u"-shm"_s})
            QFile::remove(path + suffix);
        QVERIFY(write(path, bytes));
        m_refusals.clear();
        {
            const auto workbench = newWorkbench();
            signIn(*workbench);
            QTRY_VERIFY_WITH_TIMEOUT(workbench->isSignedIn() || !m_refusals.isEmpty(), patience);
        }
        const auto file = Database::open(path);
        QVERIFY(file);
        const qint64 left = Outbox(**file).pendingCount();
        const QString kept = find(u"outbox.db.damaged-*[0-9]"_s);
        if (m_refusals.contains(u"outbox.damaged"_s)) {
            ++told;
            saved += int(left);
            QCOMPARE(bytesOf(kept), bytes);
            QDirIterator all(QFileInfo(path).path(), {u"outbox.db.damaged-*"_s}, QDir::Files);
            while (all.hasNext())
                QFile::remove(all.next());
        } else {
            QVERIFY2(left == typed, qPrintable(u"round %1: %2 left"_s.arg(round).arg(left)));
            QVERIFY(kept.isEmpty());
        }
    }
    QVERIFY(told > pages);
    qInfo(
        "report: %d damaged queues, %d of them damaged where it counts, each kept and told; %d of "
        "%d commands could be read again",
        2 * pages, told, saved, told * typed);
}

void TestDamagedFiles::outboxThatIsNoDatabaseIsKeptAndTold()
{
    {
        const auto workbench = newWorkbench();
        signIn(*workbench);
        QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    }
    const QString path = find(u"outbox.db"_s);
    const QByteArray text(20'000, 'x');
    for (const QString &suffix : {u"-wal"_s, u"-shm"_s}) // a log that is left would make it whole
        QFile::remove(path + suffix);
    QVERIFY(write(path, text));
    const auto workbench = newWorkbench();
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(m_refusals.contains(u"outbox.damaged"_s), patience);
    QCOMPARE(bytesOf(find(u"outbox.db.damaged-*[0-9]"_s)), text);
    // The PC has forgotten who it is; with an enrolment it goes on.
    QTRY_VERIFY_WITH_TIMEOUT(isWhole(*workbench), patience);
}

void TestDamagedFiles::readOnlyDirectoryIsSaid()
{
    {
        const auto workbench = newWorkbench();
        signIn(*workbench);
        QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
    }
    // Permissions do not hold for root: a folder in the way does.
    const QString outbox = find(u"outbox.db"_s);
    QVERIFY(QFile::remove(outbox));
    QVERIFY(QDir().mkpath(outbox));
    m_refusals.clear();
    const auto workbench = newWorkbench();
    signIn(*workbench);
    QTRY_VERIFY_WITH_TIMEOUT(!m_refusals.isEmpty(), patience);
    QCOMPARE(m_refusals.front(), u"storage.failed"_s);
    QVERIFY(!workbench->isSignedIn());
}

void TestDamagedFiles::replicaGoesAWeekAfterTheLeaseByTheServersTimeOnly()
{
    {
        const auto workbench = newWorkbench();
        signIn(*workbench);
        QTRY_VERIFY_WITH_TIMEOUT(workbench->isReady(), patience);
        workbench->setLinkEnabled(false);
        QVERIFY(queueRename(*workbench, u"还没提交"_s));
    }
    m_office->setReachable(false);
    const auto passed = [this](qint64 sinceLease, qint64 clockAhead) {
        const auto file = Database::open(find(u"outbox.db"_s));
        Outbox outbox(**file);
        const qint64 lease = outbox.identity(u"lease_until"_s).toLongLong();
        const qint64 seen = outbox.identity(u"server_time_seen"_s).toLongLong();
        (void)outbox.setIdentity(u"steady_since"_s, QString::number(lease - seen + sinceLease));
        (void)outbox.setIdentity(u"server_clock_offset"_s, QString::number(clockAhead));
    };
    const auto locks = [this] {
        m_refusals.clear();
        const auto workbench = newWorkbench();
        signIn(*workbench);
        QTRY_VERIFY_WITH_TIMEOUT(m_refusals.contains(u"login.lease_ended"_s), patience);
        QVERIFY(!workbench->isSignedIn());
    };
    passed(-day, 3650 * day); // only the clock says that ten years have passed
    locks();
    QVERIFY(!find(u"replica-*.db"_s).isEmpty());
    passed(7 * day - hour, 3650 * day);
    locks();
    QVERIFY(!find(u"replica-*.db"_s).isEmpty());
    passed(7 * day + hour, 3650 * day);
    locks();
    QVERIFY(find(u"replica-*.db"_s).isEmpty());
    const auto file = Database::open(find(u"outbox.db"_s));
    QVERIFY(file);
    QCOMPARE(Outbox(**file).pendingCount(), 1); // what was typed stays
}

QTEST_GUILESS_MAIN(TestDamagedFiles)
#include "tst_damaged_files.moc"
