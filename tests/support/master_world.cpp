#include "support/master_world.h"

#include "commands/edit_record.h"
#include "domain/entities.h"
#include "sync/server_tables.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

Columns allColumns(const Catalog &catalog)
{
    Columns columns;
    for (const EntityInfo &entity : catalog.entities()) {
        EntityColumns one;
        one.entity = entity.name();
        for (const FieldInfo &field : entity.fields())
            one.columns.append(field.name);
        columns.entities.push_back(one);
    }
    return columns;
}

} // namespace

MasterWorld::MasterWorld(Reactions *reactions)
    : database(Database::openInMemory())
    , catalog(makeCatalog())
    , store(*database, catalog)
    , registry(makeCommandRegistry())
    , authority(store, registry, reactions)
{
    auto ready = store.migrate();
    if (ready)
        ready = createServerTables(*database, u"epoch-1"_s);
    Q_ASSERT_X(ready, "MasterWorld", "the schema cannot be created");
}

void MasterWorld::inGroup(const std::function<void()> &work)
{
    const auto begun = authority.beginGroup(clock.now());
    Q_ASSERT_X(begun, "MasterWorld::inGroup", "no transaction");
    work();
    auto done = authority.commitGroup();
    Q_ASSERT_X(done, "MasterWorld::inGroup", "not committed");
    committed = std::move(*done);
}

Staff MasterWorld::person(const QString &code, Role role, const RecordId &area,
                          const RecordId &team)
{
    Staff staff;
    staff.code = staff.name = code;
    staff.roles = {{keyOf(role)}};
    staff.areaId = area;
    staff.teamId = team;
    return put(staff);
}

Area MasterWorld::area(const QString &code, const RecordId &parent)
{
    Area area;
    area.code = area.name = code;
    area.parentId = parent;
    return put(area);
}

Team MasterWorld::team(const QString &code, TeamKind kind)
{
    Team team;
    team.code = team.name = code;
    team.kind = kind;
    return put(team);
}

Account MasterWorld::account(const QString &name, const RecordId &area)
{
    Account account;
    account.name = name;
    account.areaId = area;
    return put(account);
}

Assignment MasterWorld::assign(const Account &account, const Staff &staff)
{
    Assignment assignment;
    assignment.accountId = account.id;
    assignment.areaId = account.areaId;
    assignment.staffId = staff.id;
    assignment.validFrom = QDate(2020, 1, 1);
    return put(assignment);
}

Cmd MasterWorld::message(qint64 n, const CommandCall &call)
{
    Cmd command;
    command.n = n;
    command.cmdId = call.id;
    command.command = call.type;
    command.version = call.version;
    command.args = call.arguments.toCbor();
    return command;
}

CmdResult MasterWorld::send(const Staff &who, const Cmd &command)
{
    CmdResult result;
    inGroup([&] { result = authority.accept({deviceOf(who), who.id}, command); });
    return result;
}

CmdResult MasterWorld::run(const Staff &who, const CommandCall &call)
{
    Query last = database->query("SELECT last_n FROM device WHERE id=?");
    last.bind(1, deviceOf(who));
    const qint64 n = (last.next() ? last.integer(0) : 0) + 1;
    last.reset();
    return send(who, message(n, call));
}

CommandCall MasterWorld::capture(const RecordId &account, const QString &need)
{
    RecordOpportunity command;
    command.values = {{u"account_id"_s, account.text()}, {u"title"_s, need},
                      {u"need_summary"_s, need},         {u"willing"_s, 1},
                      {u"contact_name"_s, u"王小明"_s},  {u"contact_phone"_s, u"+8613800138000"_s}};
    return callOf(command);
}

CommandCall MasterWorld::edit(const QString &entity, const RecordId &record,
                              const FieldValues &patch)
{
    EditRecord command;
    command.entity = entity;
    command.record = record;
    command.patch = patch;
    return callOf(command);
}

qint64 MasterWorld::number(const QByteArray &sql) const
{
    Query query = database->query(sql);
    return query.next() ? query.integer(0) : -1;
}

QString MasterWorld::text(const QByteArray &sql) const
{
    Query query = database->query(sql);
    return query.next() ? query.text(0) : QString();
}

// ---- Mirror

Mirror::Mirror(MasterWorld &world, Staff user, int pageBytes)
    : m_world(world)
    , m_user(std::move(user))
    , m_pageBytes(pageBytes)
    , m_projection(world.catalog, allColumns(world.catalog))
{
}

Page Mirror::pullPage()
{
    Pull request;
    request.epoch = epoch;
    request.position = position;
    request.known = m_known;
    request.current = m_current;
    request.key = m_key;
    request.maxBytes = m_pageBytes;
    request.verify = verify;
    auto page = PageBuilder(m_world.store, m_projection, m_user.id.text(),
                            MasterWorld::deviceOf(m_user))
                    .build(request);
    Q_ASSERT_X(page, "Mirror::pullPage", "no page");
    const auto read = readPageItems(page->items,
                                    [this](PageItem &&item) { return take(std::move(item)); });
    Q_ASSERT_X(read, "Mirror::pullPage", "unreadable items");
    epoch = page->epoch;
    position = page->position;
    m_current = page->current;
    m_key = page->key;
    m_known.clear();
    for (const auto &[bucket, profile] : m_profiles) {
        if (bucket != m_current.bucket)
            m_known.push_back({bucket, int(profile)});
    }
    for (const BucketSum &sum : page->sums)
        sums[sum.bucket] = int(sum.count);
    return *page;
}

int Mirror::pull()
{
    putsOfLastPull = 0;
    for (int pages = 1; pages < 10000; ++pages) {
        if (pullPage().done)
            return pages;
    }
    return -1;
}

Result<> Mirror::take(PageItem &&item)
{
    const EntityInfo *entity = item.entity < 0 ? nullptr : m_projection.entity(item.entity);
    switch (item.kind) {
    case PageItem::Reset:
        ++resets;
        m_rows.clear();
        m_profiles.clear();
        break;
    case PageItem::Begin:
        m_profiles[item.bucket] = item.profile;
        break;
    case PageItem::Drop:
        m_profiles.erase(item.bucket);
        std::erase_if(m_rows, [&](const auto &row) { return row.first.first == item.bucket; });
        break;
    case PageItem::Put: {
        ++putsOfLastPull;
        const QString id = item.cells[common_column::Id].text();
        m_rows[{item.bucket, entity->name() + u'/' + id}] = {m_profiles[item.bucket],
                                                             std::move(item.cells)};
        break;
    }
    case PageItem::Del:
        m_rows.erase({item.bucket, entity->name() + u'/' + item.id});
        break;
    default:
        break;
    }
    return {};
}

bool Mirror::holds(const QString &bucket, const QString &table, const RecordId &id) const
{
    return m_rows.contains({bucket, table + u'/' + id.text()});
}

Cell Mirror::cell(const QString &bucket, const QString &table, const RecordId &id,
                  const QString &column) const
{
    const auto held = m_rows.find({bucket, table + u'/' + id.text()});
    if (held == m_rows.end())
        return {};
    return m_world.catalog.entity(table).cell(held->second.cells, column);
}

QStringList Mirror::buckets() const
{
    QStringList names;
    for (const auto &[bucket, profile] : m_profiles)
        names.append(bucket);
    return names;
}

QString Mirror::differenceToScope() const
{
    const auto staff = m_world.find<Staff>(m_user.id);
    const Grants grants = scopeOf(*m_world.database, *staff, m_world.clock.now());
    std::map<Key, Row> wanted;
    for (int number = 0; number < m_projection.entityCount(); ++number) {
        const EntityInfo &entity = *m_projection.entity(number);
        for (const Row &row : m_world.store.select(entity, "1=1")) {
            for (const QString &bucket : entity.bucketsOf(row)) {
                const auto grant = grants.find(bucket);
                if (grant != grants.end())
                    wanted[{bucket, entity.name() + u'/' + row[common_column::Id].text()}] =
                        m_projection.cells(number, row, grant->second);
            }
        }
    }
    QStringList differences;
    for (const auto &[key, row] : wanted) {
        const auto held = m_rows.find(key);
        if (held == m_rows.end())
            differences.append(u"missing "_s + key.first + u' ' + key.second);
        else if (held->second.cells != row)
            differences.append(u"stale "_s + key.first + u' ' + key.second);
    }
    for (const auto &[key, held] : m_rows) {
        if (!wanted.contains(key))
            differences.append(u"excess "_s + key.first + u' ' + key.second);
    }
    return differences.join(u", "_s);
}

} // namespace keydesk
