#include "bench_office.h"

#include "base/pinyin.h"
#include "domain/account.h"
#include "domain/contact.h"
#include "domain/entities.h"
#include "domain/staff.h"
#include "support/process_memory.h"

#include <QCoreApplication>
#include <QTimer>

namespace keydesk::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t rowsAtATime = 2000;
constexpr int crowdSize = 300;
constexpr int firstLoad = 1'200'000; // ms; of millions of rows

// Names as firms bear them: two characters of choice, a trade and a form.
QString firmName(int i)
{
    static constexpr char16_t first[] = u"鑫瑞恒泰宏盛嘉源华信博远中天金诚广联安达永昌";
    static constexpr char16_t second[] = u"隆祥丰辉利通和顺康宁新兴荣发聚德明光旭日海川";
    static constexpr const char16_t *trades[] = {u"科技", u"贸易", u"机械", u"物流",
                                                 u"建材", u"医药", u"化工", u"餐饮"};
    constexpr int firsts = int(std::size(first)) - 1;
    constexpr int seconds = int(std::size(second)) - 1;
    return u"昆明"_s + QChar(first[i % firsts]) + QChar(second[i / firsts % seconds])
        + QString::fromUtf16(trades[i / 7 % 8]) + u"有限公司"_s + QString::number(i);
}

} // namespace

bool waitUntil(const std::function<bool()> &done, int milliseconds)
{
    QElapsedTimer time;
    time.start();
    QTimer wake; // an idle loop looks at the clock again
    wake.start(200);
    while (!done()) {
        if (time.elapsed() > milliseconds)
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

BenchOffice::BenchOffice(int accounts)
    : m_accounts(accounts)
    , m_catalog(makeCatalog())
    , m_server(QStringLiteral(KEYDESK_SERVER_PROGRAM))
{
}

QString BenchOffice::open()
{
    if (const auto made = m_server.initDemo(); made.code != 0)
        return QString::fromUtf8(made.err);
    if (QString wrong = fill(); !wrong.isEmpty())
        return wrong;
    return m_server.serve() ? QString() : u"the server does not listen"_s;
}

QString BenchOffice::fill()
{
    const CommandRegistry registry = makeCommandRegistry();
    const SystemClock clock;
    auto dir = DataDir::own(m_server.data());
    if (!dir)
        return dir.error().key();
    DirectOffice office(*dir, m_catalog, registry, clock);
    if (auto opened = office.open(); !opened)
        return opened.error().key();
    if (QString wrong = hireCrowd(office); !wrong.isEmpty())
        return wrong;
    const QString area = texts("SELECT id FROM area WHERE name='昆明'").value(0);
    const Pinyin pinyin;
    std::vector<Row> accounts;
    std::vector<Row> contacts;
    const auto flush = [&](std::size_t least) {
        if (accounts.size() < least)
            return QString();
        for (const auto &[entity, rows] :
             {std::pair(u"account"_s, &accounts), std::pair(u"contact"_s, &contacts)}) {
            if (auto done = office.load(m_catalog.entity(entity), *rows); !done)
                return done.error().key();
            rows->clear();
        }
        return QString();
    };
    for (int i = 0; i < m_accounts; ++i) {
        Account account;
        account.id = RecordId::create();
        account.name = firmName(i);
        account.pinyin = pinyin.initials(account.name, Pinyin::Name::Organisation);
        account.areaId = RecordId(area);
        account.address = u"昆明市北京路%1号"_s.arg(i);
        account.employees = 10 + i % 500;
        account.groupCode = u"53019%1"_s.arg(i, 6, 10, QLatin1Char('0'));
        accounts.push_back(toRow(account));
        Contact contact;
        contact.id = RecordId::create();
        contact.accountId = account.id;
        contact.areaId = account.areaId;
        contact.name = u"联系人%1"_s.arg(i);
        contact.phone = u"139%1"_s.arg(i, 8, 10, QLatin1Char('0'));
        contacts.push_back(toRow(contact));
        if (QString wrong = flush(rowsAtATime); !wrong.isEmpty())
            return wrong;
    }
    return flush(1);
}

// Like one of the demo's agents.
QString BenchOffice::hireCrowd(DirectOffice &office)
{
    const EntityInfo &staff = m_catalog.entity(u"staff"_s);
    const auto database = master();
    if (!database)
        return u"no master"_s;
    RowStore store(*database, m_catalog);
    const auto rows = store.select(staff, "code = '1131'");
    if (rows.empty())
        return u"nobody to hire like"_s;
    std::vector<Row> crowd;
    for (const QString &code : crowdCodes(crowdSize)) {
        Staff one = fromRow<Staff>(rows.front());
        one.id = RecordId::create();
        one.code = code;
        crowd.push_back(toRow(one));
    }
    const auto done = office.load(staff, crowd);
    return done ? QString() : done.error().key();
}

QStringList BenchOffice::crowdCodes(int count)
{
    QStringList codes;
    for (int i = 0; i < std::min(count, crowdSize); ++i)
        codes.append(u"9%1"_s.arg(i, 3, 10, QLatin1Char('0')));
    return codes;
}

double BenchOffice::residentMegabytes() const
{
    return double(kilobytesOf(m_server.processId(), "VmRSS")) * 1024 / 1e6;
}

std::unique_ptr<Database> BenchOffice::master() const
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    auto database = Database::open(m_server.data() + u"/keydesk.db"_s, options);
    return database ? std::move(*database) : nullptr;
}

QStringList BenchOffice::texts(const QByteArray &sql) const
{
    QStringList found;
    const auto database = master();
    if (!database)
        return found;
    Query query = database->query(sql);
    while (query.next())
        found.append(query.text(0));
    return found;
}

QString BenchOffice::directory(const QString &user, const QString &pc) const
{
    return m_server.file(u"pc-"_s + user + pc);
}

Workbench::SignIn BenchOffice::signIn(const QString &user)
{
    QFile file(m_server.passwordFile());
    const QString password = file.open(QFile::ReadOnly)
        ? QString::fromUtf8(file.readLine().trimmed())
        : QString();
    return {m_server.address(), user, password, m_server.enrolment(user)};
}

std::unique_ptr<Workbench> BenchOffice::emptyDesktop(const QString &user, const QString &pc) const
{
    Workbench::Options options;
    options.dataDirectory = directory(user, pc);
    return std::make_unique<Workbench>(std::move(options));
}

std::unique_ptr<Workbench> BenchOffice::desktop(const QString &user, const QString &pc)
{
    auto desktop = emptyDesktop(user, pc);
    if (!desktop->signIn(signIn(user)))
        return nullptr;
    bool settled = false;
    if (!waitUntil([&] { return desktop->isReady(); }, firstLoad))
        return nullptr;
    desktop->whenSettled([&] { settled = true; });
    return waitUntil([&] { return settled; }, firstLoad) ? std::move(desktop) : nullptr;
}

bool BenchOffice::admit(WireClient &client, const QString &user)
{
    const Workbench::SignIn wanted = signIn(user);
    const auto enrolment = Enrolment::parse(wanted.enrolment);
    return enrolment && client.signIn(user, wanted.password, enrolment->code);
}

} // namespace keydesk::bench
