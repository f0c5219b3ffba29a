#pragma once

#include "commands/opportunity_capture.h"
#include "domain/account.h"
#include "domain/area.h"
#include "domain/assignment.h"
#include "domain/staff.h"
#include "domain/team.h"
#include "protocol/page_items.h"
#include "sync/authority.h"
#include "sync/page_builder.h"

namespace keydesk {

// A master database in memory with its Authority, people and customers, and what a desktop would
// hold after pulling: for tests of the server's sync core without threads or sockets.
class MasterWorld
{
public:
    explicit MasterWorld(Reactions *reactions = nullptr);

    /// Writes a record outside any command, in a group of its own; gives it an id if it has none.
    template <class T>
    T put(T record)
    {
        if (record.id.isNull())
            record.id = freshId();
        inGroup([&] {
            const auto done = authority.load(entity<T>(), {toRow(record)});
            Q_ASSERT_X(done, "MasterWorld::put", done ? "" : qPrintable(done.error().key()));
        });
        return record;
    }
    Staff person(const QString &code, Role role, const RecordId &area = {},
                 const RecordId &team = {});
    Area area(const QString &code, const RecordId &parent = {});
    Team team(const QString &code, TeamKind kind = TeamKind::Sales);
    Account account(const QString &name, const RecordId &area = {});
    Assignment assign(const Account &account, const Staff &staff);

    /// Runs the command as the next one of the person's device, in a group of its own.
    CmdResult run(const Staff &who, const CommandCall &call);
    /// Puts a message on that device as it stands.
    CmdResult send(const Staff &who, const Cmd &command);
    static Cmd message(qint64 n, const CommandCall &call);
    static QString deviceOf(const Staff &who) { return QStringLiteral("pc-") + who.code; }
    /// A call of RecordOpportunity for the account.
    static CommandCall capture(const RecordId &account, const QString &need);
    static CommandCall edit(const QString &entity, const RecordId &record,
                            const FieldValues &patch);

    void inGroup(const std::function<void()> &work);
    qint64 number(const QByteArray &sql) const;
    QString text(const QByteArray &sql) const;
    template <class T>
    const EntityInfo &entity() const
    {
        return catalog.entity(QString::fromLatin1(Schema<T>::table));
    }
    template <class T>
    std::optional<T> find(const RecordId &id)
    {
        const auto row = store.find(entity<T>(), id);
        return row ? std::optional(fromRow<T>(*row)) : std::nullopt;
    }
    RecordId freshId() { return RecordId::fromParts(clock.now().ms, 7, ++m_serial); }

    ManualClock clock;
    std::unique_ptr<Database> database;
    Catalog catalog;
    RowStore store;
    CommandRegistry registry;
    Authority authority;
    Authority::Committed committed; // of the last group

private:
    quint64 m_serial = 0;
};

// What a desktop holds: pulls pages and keeps them as they say, without a queue or a file.
class Mirror
{
public:
    Mirror(MasterWorld &world, Staff user, int pageBytes = 256 * 1024);

    /// Pulls until the server says done; answers the number of pages.
    int pull();
    Page pullPage();

    using Key = std::pair<QString, QString>; // bucket, "table/id"
    struct Held
    {
        Profile profile;
        Row cells;
    };
    const std::map<Key, Held> &rows() const { return m_rows; }
    bool holds(const QString &bucket, const QString &table, const RecordId &id) const;
    /// A cell of the row as the bucket shows it.
    Cell cell(const QString &bucket, const QString &table, const RecordId &id,
              const QString &column) const;
    QStringList buckets() const;
    /// The difference between what is held and what the person's scope holds in the database now;
    /// empty when they are equal.
    QString differenceToScope() const;

    QStringList verify; // buckets whose sums are asked for
    qint64 position = 0;
    QString epoch;
    int resets = 0;
    int putsOfLastPull = 0;
    std::map<QString, int> sums; // bucket -> rows, as the last page said

private:
    Result<> take(PageItem &&item);

    MasterWorld &m_world;
    Staff m_user;
    int m_pageBytes;
    Projection m_projection;
    std::vector<KnownBucket> m_known;
    KnownBucket m_current;
    QString m_key;
    std::map<QString, Profile> m_profiles;
    std::map<Key, Held> m_rows;
};

} // namespace keydesk
