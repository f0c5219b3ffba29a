#include "support/canaries.h"
#include "support/sim/history.h"

#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QTest>

using namespace keydesk;
using namespace keydesk::sim;
using namespace Qt::StringLiterals;

// Nobody gets a byte of what he may not see (sync.md, G8 and G9; reliability.md 3.3, T21). Every
// text of the master data, and every text that somebody types, is a canary of its own. People come
// and go, change roles and teams, customers change hands, are opened, dispatched and taken back;
// what the server sends to each desktop and what its files hold after each checkpoint may have no
// canary but of records that the oracle lets him hold, and none of a field that is masked for him.
//
// KEYDESK_SOAK_SCOPE_SECONDS: go on so long (default 10).
// KEYDESK_SOAK_SCOPE_HISTORIES: so many, however long it takes.
// KEYDESK_SOAK_SCOPE_SEED: the first seed; with KEYDESK_SOAK_SCOPE_HISTORIES=1 it replays one.
class TestScopeCanaries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyFieldThatFitsCarriesACanary();
    void noCanaryLeavesItsScope();
    void plantedFaultIsSeenByItsCanaries_data();
    void plantedFaultIsSeenByItsCanaries();
    void cleanup() { fault::current = fault::None; }

private:
    Canaries m_canaries{7};
    std::unique_ptr<Stage> m_stage;
};

namespace {

constexpr int usualTime = 10; // s
constexpr int leastHistories = 20;
constexpr int mostForATooth = 100; // histories

int soakSetting(const char *name, int standard)
{
    bool given = false;
    const int value = qEnvironmentVariableIntValue(name, &given);
    return given ? value : standard;
}

struct Looked
{
    qint64 frames = 0;
    qint64 pageBytes = 0;
    qint64 checkpoints = 0;
    qint64 fileBytes = 0;
    qint64 seen = 0; // canaries that were where they may be
    qint64 kept = 0; // canaries of the master data that were kept from somebody at a checkpoint
};

// Knows of each canary who may have it at a cut, by the oracle.
class CanaryWatch final : public HistoryWatch
{
public:
    CanaryWatch(const Stage &stage, const Canaries &canaries, Looked &looked)
        : m_catalog(stage.catalog)
        , m_oracle(stage.catalog)
        , m_canaries(canaries)
        , m_looked(looked)
    {
    }

    QString textOf(const QString &user) override { return typed(user, m_canaries.word()); }
    QString phoneOf(const QString &user) override { return typed(user, m_canaries.phone()); }

    QString sent(const QString &user, const QByteArray &frame,
                 const std::shared_ptr<const Cut> &cut) override
    {
        ++m_looked.frames;
        m_looked.pageBytes += frame.size();
        QSet<QByteArray> found = m_canaries.in(frame);
        // A refusal may say back to him what he asked for, and names who came before him.
        if (typeOf(frame) == CmdResult::type) {
            found -= m_typed[user];
            found.removeIf([&](const QByteArray &canary) {
                return m_canaries.placeOf(canary) == u"staff.name";
            });
        }
        m_looked.seen += found.size();
        return judge(found - visible(cut, user).canaries,
                     u"message %1 to %2"_s.arg(typeOf(frame)).arg(user));
    }
    // The text that a person typed himself stays with him (G10), wherever it is.
    QString held(const SimClient &client, const std::map<QString, QByteArray> &files,
                 const std::shared_ptr<const Cut> &cut) override
    {
        ++m_looked.checkpoints;
        const Sight &sight = visible(cut, client.user());
        m_looked.kept += m_canaries.count() - sight.canaries.size();
        for (const auto &[path, bytes] : files) {
            m_looked.fileBytes += bytes.size();
            QSet<QByteArray> strange = m_canaries.in(bytes)-m_typed[client.user()];
            m_looked.seen += strange.size();
            strange -= sight.canaries;
            if (!strange.isEmpty() && path.contains(u"/outbox.db"))
                strange -= sentWith(client);
            strange.removeIf([&](const QByteArray &canary) { return wasThere(canary, sight); });
            QString wrong =
                judge(strange,
                      u"%1 of %2 at %3"_s.arg(path, client.user()).arg(client.highestCursor));
            if (!wrong.isEmpty())
                return wrong;
        }
        return {};
    }

private:
    QString typed(const QString &user, const QString &text)
    {
        m_typed[user].unite(m_canaries.in(text.toUtf8()));
        return text;
    }
    // What waits for its answer is sent again to the letter, with what was shown when it was typed.
    // Why a command was refused is kept with it, and may name a colleague (G10).
    QSet<QByteArray> sentWith(const SimClient &client) const
    {
        QSet<QByteArray> waiting;
        for (const Outbox::Rejected &refused : client.outbox().rejected())
            waiting.unite(m_canaries.in(refused.args.join(u' ').toUtf8()));
        for (const Outbox::Entry &entry : client.outbox().entries())
            waiting.unite(m_canaries.in(entry.call.arguments.toCbor()));
        return waiting;
    }
    // What a person may have at a cut.
    struct Sight
    {
        QSet<QByteArray> canaries;
        std::map<std::pair<QString, QString>, Profile> rows; // by table and id
    };
    const Sight &visible(const std::shared_ptr<const Cut> &cut, const QString &user)
    {
        auto &known = m_visible[{cut, user}];
        if (!known) {
            known.emplace();
            m_oracle.showAll(*cut, user,
                             [&](const EntityInfo &entity, const Row &row, Profile profile) {
                                 addVisible(entity, row, profile, *known);
                                 addHomes(entity, row);
                             });
        }
        return *known;
    }
    void addVisible(const EntityInfo &entity, const Row &row, Profile profile, Sight &known) const
    {
        known.rows[{entity.name(), row[common_column::Id].text()}] = profile;
        for (int i = 0; i < entity.fieldCount(); ++i) {
            const Cell &cell = row[std::size_t(i)];
            if (cell.isText() && !Oracle::isMasked(entity.fields()[std::size_t(i)], profile))
                known.canaries.unite(m_canaries.in(cell));
        }
    }
    void addHomes(const EntityInfo &entity, const Row &row)
    {
        for (int i = 0; i < entity.fieldCount(); ++i) {
            const auto canaries = m_canaries.in(row[std::size_t(i)]);
            for (const QByteArray &canary : canaries)
                m_homes[canary].insert({{entity.name(), row[common_column::Id].text()}, i});
        }
    }
    // Whether it was written over in a field that he still sees: the bytes of an earlier text of it
    // go with the row.
    bool wasThere(const QByteArray &canary, const Sight &sight)
    {
        const auto &homes = m_homes[canary];
        return std::any_of(homes.begin(), homes.end(), [&](const auto &home) {
            const auto row = sight.rows.find(home.first);
            const EntityInfo &entity = m_catalog.entity(home.first.first);
            return row != sight.rows.end()
                && !Oracle::isMasked(entity.fields()[std::size_t(home.second)], row->second);
        });
    }
    QString judge(const QSet<QByteArray> &strange, const QString &where) const
    {
        if (strange.isEmpty())
            return {};
        QStringList places;
        for (const QByteArray &canary : strange)
            places.append(m_canaries.placeOf(canary) + u' ' + QLatin1StringView(canary));
        places.sort();
        return u"canary: %1 holds %2 outside the scope: %3"_s.arg(where)
            .arg(strange.size())
            .arg(places.mid(0, 8).join(u", "_s));
    }

    const Catalog &m_catalog;
    Oracle m_oracle;
    Canaries m_canaries;
    std::map<QString, QSet<QByteArray>> m_typed; // by user
    std::map<std::pair<std::shared_ptr<const Cut>, QString>, std::optional<Sight>> m_visible;
    // Where each canary has ever been, by table, id and field.
    std::map<QByteArray, std::set<std::pair<std::pair<QString, QString>, int>>> m_homes;
    Looked &m_looked;
};

QString replayOf(int seed)
{
    return u"replay: KEYDESK_SOAK_SCOPE_SEED=%1 KEYDESK_SOAK_SCOPE_HISTORIES=1 tst_scope_canaries "
           u"noCanaryLeavesItsScope"_s.arg(seed);
}

} // namespace

void TestScopeCanaries::initTestCase()
{
    if (soakSetting("KEYDESK_SOAK_SCOPE_HISTORIES", 0) != 1)
        QLoggingCategory::setFilterRules(u"keydesk.*=false"_s);
    m_stage = std::make_unique<Stage>(
        [this](const EntityInfo &entity, Row &row) { m_canaries.dress(entity, row); });
}

// Or what follows would look for less than it says.
void TestScopeCanaries::everyFieldThatFitsCarriesACanary()
{
    const auto master = Database::openInMemory(m_stage->serverImage);
    RowStore store(*master, m_stage->catalog);
    int carried = 0;
    for (const EntityInfo &entity : m_stage->catalog.entities()) {
        const auto rows = store.select(entity, "1");
        QVERIFY2(!rows.empty(), qPrintable(entity.name()));
        for (const Row &row : rows) {
            for (int i = common_column::Count; i < entity.fieldCount(); ++i) {
                const FieldInfo &field = entity.fields()[std::size_t(i)];
                // The directory repeats what its customers and contacts say.
                if (!Canaries::fits(field) || entity.name() == u"caller_card")
                    continue;
                QVERIFY2(!m_canaries.in(row[std::size_t(i)]).isEmpty(),
                         qPrintable(entity.name() + u'.' + field.name));
                ++carried;
            }
        }
    }
    qInfo("report: %d canaries in %d texts of %zu kinds of records", m_canaries.count(), carried,
          m_stage->catalog.entities().size());
}

void TestScopeCanaries::noCanaryLeavesItsScope()
{
    const int wanted = soakSetting("KEYDESK_SOAK_SCOPE_HISTORIES", 0);
    const int firstSeed = soakSetting("KEYDESK_SOAK_SCOPE_SEED", 1);
    const qint64 most = qint64(soakSetting("KEYDESK_SOAK_SCOPE_SECONDS", usualTime)) * 1000;
    QElapsedTimer timer;
    timer.start();
    Looked looked;
    int histories = 0;
    int moves = 0;
    while (wanted > 0 ? histories < wanted : histories < leastHistories || timer.elapsed() < most) {
        const int seed = firstSeed + histories++;
        CanaryWatch watch(*m_stage, m_canaries, looked);
        History history(*m_stage, quint64(seed), &watch);
        const QString violation = history.run();
        QVERIFY2(violation.isEmpty(),
                 qPrintable(u"seed %1: %2\n%3"_s.arg(seed).arg(violation, replayOf(seed))));
        for (const auto &[what, number] : history.outcomes())
            moves += what.second == u"applied" ? number : 0;
    }
    QVERIFY(looked.seen > 0 && looked.kept > 0);
    qInfo(
        "report: %d histories from seed %d, %d changes: %lld messages (%lld MB) and the files "
        "after %lld checkpoints (%lld MB) looked through, canaries met in their scope %lld times, "
        "outside it 0 times",
        histories, firstSeed, moves, looked.frames, looked.pageBytes / 1'000'000,
        looked.checkpoints, looked.fileBytes / 1'000'000, looked.seen);
}

void TestScopeCanaries::plantedFaultIsSeenByItsCanaries_data()
{
    QTest::addColumn<int>("bug");
    QTest::addColumn<int>("firstSeed"); // where it is seen soon
    QTest::newRow("a row that leaves a bucket writes no DEL") << int(fault::NoDelOnMove) << 101;
    QTest::newRow("grants are read once") << int(fault::StaleGrants) << 1;
    QTest::newRow("an op sends a row that left the bucket") << int(fault::NoMemberCheck) << 1;
    QTest::newRow("rows of a dropped bucket stay") << int(fault::DropKeepsStage) << 1;
    QTest::newRow("words of removed rows stay in the index") << int(fault::WordsStay) << 1;
    QTest::newRow("a masked number is sent unmasked") << int(fault::Unmasked) << 1;
}

// Others notice some of these as well; here only what the canaries say counts.
void TestScopeCanaries::plantedFaultIsSeenByItsCanaries()
{
    QFETCH(int, bug);
    QFETCH(int, firstSeed);
    fault::current = fault::Bug(bug);
    Looked looked;
    QString caught;
    int seed = firstSeed - 1;
    while (seed < firstSeed + mostForATooth && !caught.contains(u"canary: ")) {
        CanaryWatch watch(*m_stage, m_canaries, looked);
        caught = History(*m_stage, quint64(++seed), &watch).run();
    }
    fault::current = fault::None;
    QVERIFY2(caught.contains(u"canary: "), qPrintable(u"not seen by seed %1"_s.arg(seed)));
    qInfo("report: \"%s\" at seed %d by %s", QTest::currentDataTag(), seed, qPrintable(caught));
}

QTEST_GUILESS_MAIN(TestScopeCanaries)
#include "tst_scope_canaries.moc"
