#include "bare_programs.h"

#include "store/derived_text.h"

#include <QDataStream>
#include <QElapsedTimer>
#include <QFile>

#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace keydesk::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype pageBytes = 256 * 1024;

std::unique_ptr<Database> freshFile(const QString &path, bool durable)
{
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(path + suffix);
    DatabaseOptions options;
    options.durable = durable;
    auto database = Database::open(path, options);
    return database ? std::move(*database) : nullptr;
}

bool writeAll(int socket, const QByteArray &bytes)
{
    for (qsizetype sent = 0; sent < bytes.size();) {
        const ssize_t more = ::write(socket, bytes.constData() + sent,
                                     std::size_t(bytes.size() - sent));
        if (more <= 0)
            return false;
        sent += more;
    }
    return true;
}

bool readAll(int socket, char *bytes, qsizetype size)
{
    for (qsizetype got = 0; got < size;) {
        const ssize_t more = ::read(socket, bytes + got, std::size_t(size - got));
        if (more <= 0)
            return false;
        got += more;
    }
    return true;
}

void sendPage(int socket, const QByteArray &page)
{
    const auto size = quint32(page.size());
    writeAll(socket, QByteArray(reinterpret_cast<const char *>(&size), sizeof size) + page);
}

QByteArray marks(int count)
{
    return QByteArray("?,").repeated(count).chopped(1);
}

// Fifteen fields and the words to be searched, which the sender knows beforehand.
constexpr char bareFields[] = "id, group_code, name, short_name, area_id, status, value_class, "
                              "service_level, segment, employees, ownership, address, phone, "
                              "owner_staff_id, row_ver";
constexpr int columns = 16;
constexpr char bareTable[] = "CREATE TABLE bare(c0 PRIMARY KEY,c1,c2,c3,c4,c5,c6,c7,c8,c9,c10,c11,"
                             "c12,c13,c14) WITHOUT ROWID;";

Result<> copyAccounts(RowStore &master, Database &source)
{
    const EntityInfo &account = master.catalog().entity(u"account"_s);
    if (auto made = source.execute("CREATE TABLE source(c0,c1,c2,c3,c4,c5,c6,c7,c8,c9,c10,c11,c12,"
                                   "c13,c14,words); BEGIN");
        !made)
        return made;
    Query insert = source.query("INSERT INTO source VALUES(" + marks(columns) + ")");
    Query fields = master.database().query(QByteArray("SELECT ") + bareFields + ", "
                                           + master.columnList(account) + " FROM account");
    while (fields.next()) {
        for (int i = 0; i + 1 < columns; ++i)
            insert.bind(i + 1, fields.cell(i));
        insert.bind(columns, searchTokens(account, fields.row(columns - 1, account.fieldCount())));
        if (auto done = insert.run(); !done)
            return done;
    }
    return source.execute("COMMIT");
}

void sendRows(int socket, Database &source)
{
    Query query = source.query("SELECT * FROM source");
    QByteArray page;
    while (query.next()) {
        QDataStream stream(&page, QIODevice::Append);
        for (int i = 0; i < columns; ++i)
            stream << query.text(i).toUtf8();
        if (page.size() < pageBytes)
            continue;
        sendPage(socket, page);
        page.clear();
    }
    if (!page.isEmpty())
        sendPage(socket, page);
    sendPage(socket, {});
}

QByteArray columnNames(int count)
{
    QByteArray names;
    for (int i = 0; i < count; ++i)
        names += (i > 0 ? ",c" : "c") + QByteArray::number(i);
    return names;
}

qint64 receiveRows(int socket, Database &target)
{
    Query row = target.query("INSERT INTO bare VALUES(" + marks(columns - 1) + ")");
    Query words = target.query("INSERT INTO bare_words(rowid, tokens) VALUES(?,?)");
    qint64 rows = 0;
    for (;;) {
        quint32 size = 0;
        if (!readAll(socket, reinterpret_cast<char *>(&size), sizeof size) || size == 0)
            return rows;
        QByteArray page(qsizetype(size), Qt::Uninitialized);
        if (!readAll(socket, page.data(), page.size()) || !target.execute("BEGIN"))
            return rows;
        QDataStream stream(page);
        while (!stream.atEnd()) {
            QByteArray cell;
            for (int i = 0; i < columns; ++i) {
                stream >> cell;
                if (i + 1 < columns)
                    row.bind(i + 1, QString::fromUtf8(cell));
            }
            words.bind(1, ++rows).bind(2, QString::fromUtf8(cell));
            if (!row.run() || !words.run())
                return 0;
        }
        if (!target.execute("COMMIT"))
            return 0;
    }
}

} // namespace

double barePageStream(const QString &folder, RowStore &master)
{
    const auto source = freshFile(folder + u"/bare-source.db"_s, false);
    const auto target = freshFile(folder + u"/bare-stream.db"_s, false);
    int sockets[2];
    if (!source || !target || !copyAccounts(master, *source)
        || ::socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) != 0)
        return 0;
    const auto made = target->execute(
        QByteArray(bareTable)
        + "CREATE VIRTUAL TABLE bare_words USING "
          "fts5(tokens, content='', tokenize=\"unicode61 remove_diacritics 0\")");
    if (!made)
        return 0;
    QElapsedTimer time;
    time.start();
    // The source's connection is used by the sending thread alone.
    std::thread sender([&] { sendRows(sockets[0], *source); });
    const qint64 rows = receiveRows(sockets[1], *target);
    sender.join();
    ::close(sockets[0]);
    ::close(sockets[1]);
    return double(rows) * 1e9 / double(time.nsecsElapsed());
}

double bareInserts(const QString &folder, const Row &row, int group, int commands)
{
    const auto target = freshFile(folder + u"/bare-inserts.db"_s, true);
    const auto width = int(row.size());
    const auto made = target
        ? target->execute(
            "CREATE TABLE record(pk INTEGER PRIMARY KEY," + columnNames(width)
            + "); CREATE TABLE answer(n INTEGER PRIMARY KEY, id, hash, at);"
              "CREATE TABLE trail(pos INTEGER PRIMARY KEY, actor, object, prev, hash)")
        : Result<>(Error("storage.failed"_reason));
    if (!made)
        return 0;
    Query record = target->query("INSERT INTO record VALUES(NULL," + marks(width) + ")");
    Query answer = target->query("INSERT INTO answer VALUES(NULL,?,?,?)");
    Query trail = target->query("INSERT INTO trail VALUES(NULL,?,?,?,?)");
    const QByteArray hash(32, 'h');
    QElapsedTimer time;
    time.start();
    for (int done = 0; done < commands; done += group) {
        bool stored = bool(target->execute("BEGIN"));
        for (int i = 0; stored && i < group; ++i) {
            for (int c = 0; c < width; ++c)
                record.bind(c + 1, row[std::size_t(c)]);
            const QString id = QString::number(done + i).rightJustified(36, u'0');
            answer.bind(1, id).bind(2, hash).bind(3, qint64(done));
            trail.bind(1, id).bind(2, id).bind(3, hash).bind(4, hash);
            stored = record.run() && answer.run() && trail.run();
        }
        if (!stored || !target->execute("COMMIT"))
            return 0;
    }
    return commands * 1e9 / double(time.nsecsElapsed());
}

namespace {

struct WrittenRow
{
    QByteArray statement;
    std::vector<Cell> values;
};
using WrittenTable = std::vector<WrittenRow>;

struct TableColumns
{
    std::vector<QByteArray> names;
    std::vector<std::size_t> key;
};

TableColumns columnsOf(Database &database, const QByteArray &name)
{
    TableColumns table;
    Query info = database.query("SELECT name, pk FROM pragma_table_info('" + name + "')");
    while (info.next()) {
        if (info.integer(1) > 0)
            table.key.push_back(table.names.size());
        table.names.push_back(info.text(0).toUtf8());
    }
    return table;
}

// What makes `row` of it: an update of the columns that differ, or a new row, in the place of what
// is no more if its like was there, as a line of the log takes the place of the one before.
WrittenRow writing(Database &copy, const QByteArray &table, const TableColumns &its, const Row &row)
{
    QByteArrayList conditions;
    std::vector<Cell> key;
    for (const std::size_t column : its.key) {
        conditions.append(its.names[column] + "=?");
        key.push_back(row[column]);
    }
    const QByteArray where = " WHERE " + conditions.join(" AND ");
    Query find = copy.query("SELECT * FROM main." + table + where);
    for (std::size_t i = 0; i < key.size(); ++i)
        find.bind(int(i) + 1, key[i]);
    const auto width = int(row.size());
    if (!find.next())
        return {"INSERT OR REPLACE INTO main." + table + " VALUES(" + marks(width) + ")", row};
    const Row old = find.row(0, width);
    QByteArrayList changes;
    WrittenRow update;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i] != old[i]) {
            changes.append(its.names[i] + "=?");
            update.values.push_back(row[i]);
        }
    }
    update.statement = "UPDATE main." + table + " SET " + changes.join(",") + where;
    update.values.insert(update.values.end(), key.begin(), key.end());
    return update;
}

// What `copy` lacks of the master it was taken from, table by table. The words are left out, and
// of a row that was written several times all but the last: in favour of the bare program.
std::vector<WrittenTable> rowsWritten(Database &master, Database &copy)
{
    std::vector<WrittenTable> written;
    if (!copy.execute("ATTACH '" + master.path().toUtf8() + "' AS later"))
        return written;
    Query tables = copy.query("SELECT name FROM main.sqlite_master WHERE type='table' AND name NOT "
                              "LIKE 'sqlite%' AND name NOT LIKE 'search%'");
    while (tables.next()) {
        const QByteArray table = tables.text(0).toUtf8();
        const TableColumns its = columnsOf(copy, table);
        if (its.key.empty())
            continue;
        Query fresh = copy.query("SELECT * FROM later." + table + " EXCEPT SELECT * FROM main."
                                 + table + " ORDER BY 1");
        WrittenTable rows;
        while (fresh.next())
            rows.push_back(writing(copy, table, its, fresh.row(0, int(its.names.size()))));
        if (!rows.empty())
            written.push_back(std::move(rows));
    }
    return written;
}

} // namespace

double bareSameRows(Database &master, const QString &before, int group, int commands)
{
    const auto opened = Database::open(before);
    if (!opened)
        return 0;
    Database &copy = **opened;
    const std::vector<WrittenTable> written = rowsWritten(master, copy);
    // A command's share of each table, in its order.
    const auto upTo = [&](const WrittenTable &table, int done) {
        return table.size() * std::size_t(done) / std::size_t(commands);
    };
    QElapsedTimer time;
    time.start();
    for (int done = 0; done < commands; done += group) {
        const int next = std::min(done + group, commands);
        bool stored = bool(copy.execute("BEGIN"));
        for (const WrittenTable &table : written) {
            for (std::size_t i = upTo(table, done); stored && i < upTo(table, next); ++i) {
                Query write = copy.query(table[i].statement);
                for (std::size_t v = 0; v < table[i].values.size(); ++v)
                    write.bind(int(v) + 1, table[i].values[v]);
                stored = bool(write.run());
            }
        }
        if (!stored || !copy.execute("COMMIT"))
            return 0;
    }
    return written.empty() ? 0 : commands * 1e9 / double(time.nsecsElapsed());
}

std::vector<double> bareLookups(Database &database, const QByteArray &sql,
                                const QStringList &values)
{
    std::vector<double> samples;
    for (const QString &value : values) {
        QElapsedTimer time;
        time.start();
        Query query = database.query(sql);
        query.bind(1, value);
        while (query.next()) { }
        samples.push_back(double(time.nsecsElapsed()) / 1e6);
    }
    return samples;
}

} // namespace keydesk::bench
