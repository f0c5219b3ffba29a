#include "support/histories/plain_office.h"

#include "support/histories/register_checker.h"
#include "support/histories/scope_checker.h"

namespace keydesk::blackbox {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 staleBy = 6; // sequence numbers

constexpr char plainDdl[] = R"(
CREATE TABLE state(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE log(version INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
    before TEXT NOT NULL) STRICT;
CREATE INDEX log_by_key ON log(key, version);
)";

} // namespace

PlainOffice::PlainOffice(Work work, Flaw flaw, quint32 seed)
    : m_work(work)
    , m_flaw(flaw)
    , m_random(seed)
    , m_store(Database::openInMemory())
{
    [[maybe_unused]] const auto made = m_store->execute(plainDdl);
    Q_ASSERT(made);
    for (int i = 0; i < plain::devices; ++i) {
        m_devices.push_back({i, u"p%1"_s.arg(i), {}, {}, 0});
        m_history.people.append(m_devices.back().person);
    }
    if (m_work == Work::Scopes)
        m_history.overseers.append(m_devices.front().person);
    for (int i = 0; i < plain::records; ++i) {
        if (m_work == Work::Claims)
            m_history.initial[plain::recordName(i)] = custody::open();
        else if (m_work == Work::Edits)
            m_history.initial[plain::recordName(i)] = u"v0"_s;
        else if (m_work == Work::Scopes)
            m_history.initial[scope_key::owner(plain::recordName(i))] = m_devices[1].person;
    }
}

History PlainOffice::run(int actions)
{
    int begun = 0;
    for (;;) {
        Device &device = m_devices[std::size_t(m_random.bounded(plain::devices))];
        if (!device.steps.empty()) {
            const auto step = std::move(device.steps.front());
            device.steps.pop_front();
            step();
        } else if (begun < actions) {
            ++begun;
            begin(device);
        } else if (std::all_of(m_devices.begin(), m_devices.end(),
                               [](const Device &one) { return one.steps.empty(); })) {
            break;
        }
    }
    for (const Device &device : m_devices)
        m_history.checkpoints.push_back(look(device));
    m_history.master = elements();
    return std::move(m_history);
}

void PlainOffice::begin(Device &device)
{
    m_forgets = m_flaw == Flaw::AnswerBeforeCommit && m_random.bounded(8) == 0;
    if (m_random.bounded(3) == 0)
        return beginRead(device);
    switch (m_work) {
    case Work::Claims:
        return beginClaim(device);
    case Work::Appends:
        return beginAppend(device);
    case Work::Edits:
        return beginEdit(device);
    case Work::Scopes:
        return beginScope(device);
    }
}

// ---- Reads

void PlainOffice::beginRead(Device &device)
{
    device.steps.push_back([this, &device] {
        Checkpoint read = look(device);
        device.replica = read.base;
        m_history.checkpoints.push_back(std::move(read));
    });
}

Checkpoint PlainOffice::look(const Device &device)
{
    Checkpoint read;
    read.process = device.process;
    read.at = tick();
    read.position = m_seq;
    const bool flawed = m_random.bounded(4) == 0;
    if (m_flaw == Flaw::CursorFalls && flawed)
        read.position = std::max<qint64>(0, m_seq - staleBy);
    read.base = contentAt(m_flaw == Flaw::StaleRead && flawed ? std::max<qint64>(0, m_seq - staleBy)
                                                              : read.position);
    if (m_work == Work::Scopes)
        keepScope(device, read.position, read.base);
    tick();
    return read;
}

// Cuts what the store holds to what the device may hold; one that forgets to purge adds it to what
// it held before.
void PlainOffice::keepScope(const Device &device, qint64 position,
                            std::map<QString, QStringList> &content)
{
    std::map<QString, QStringList> held;
    if (m_flaw == Flaw::ScopeNotPurged)
        held = device.replica;
    Query owner = m_store->query(
        "SELECT value FROM log WHERE key=? AND version<=? ORDER BY version DESC LIMIT 1");
    for (int i = 0; i < plain::records; ++i) {
        const QString account = plain::recordName(i);
        owner.bind(1, scope_key::owner(account)).bind(2, position);
        const QString person = owner.next() ? owner.text(0)
                                            : m_history.initial[scope_key::owner(account)];
        owner.reset();
        if (person != device.person && !m_history.overseers.contains(device.person))
            continue;
        held[scope_key::record(account)] = {account};
        held[scope_key::notes(account)] = content[scope_key::notes(account)];
    }
    content = std::move(held);
}

std::map<QString, QStringList> PlainOffice::contentAt(qint64 position)
{
    std::map<QString, QStringList> content;
    const bool lists = m_work == Work::Appends || m_work == Work::Scopes;
    for (const auto &[key, value] : m_history.initial)
        content[key] = {value};
    for (int i = 0; i <= plain::records && m_work == Work::Appends; ++i)
        content[plain::recordName(i)] = {};
    Query rows = m_store->query("SELECT key, value FROM log WHERE version<=? ORDER BY version");
    rows.bind(1, position);
    while (rows.next()) {
        QStringList &values = content[rows.text(0)];
        if (!lists)
            values.clear();
        values.append(rows.text(1));
    }
    return content;
}

// ---- The store

QString PlainOffice::valueOf(const QString &key)
{
    Query value = m_store->query("SELECT value FROM state WHERE key=?");
    value.bind(1, key);
    return value.next() ? value.text(0) : m_history.initial[key];
}

void PlainOffice::write(const QString &key, const QString &value)
{
    const bool list = key.startsWith(u"note/") || m_work == Work::Appends;
    const QString before = list ? QString(u""_s) : valueOf(key);
    (void)m_store->query("INSERT OR REPLACE INTO state(key, value) VALUES(?,?)")
        .bind(1, key)
        .bind(2, value)
        .run();
    (void)m_store->query("INSERT INTO log(version, key, value, before) VALUES(?,?,?,?)")
        .bind(1, ++m_seq)
        .bind(2, key)
        .bind(3, value)
        .bind(4, before)
        .run();
}

std::vector<Element> PlainOffice::elements()
{
    std::vector<Element> all;
    Query rows = m_store->query("SELECT key, value, before, version FROM log ORDER BY version");
    while (rows.next())
        all.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3)});
    return all;
}

} // namespace keydesk::blackbox
