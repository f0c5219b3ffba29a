#include "store/query.h"

#include "store/database.h"

#include <sqlite3.h>

namespace keydesk {

Query::Query(Database &database, QByteArray sql, sqlite3_stmt *statement)
    : m_database(&database)
    , m_sql(std::move(sql))
    , m_statement(statement)
{
}

Query::Query(Query &&other) noexcept
    : m_database(other.m_database)
    , m_sql(std::move(other.m_sql))
    , m_statement(std::exchange(other.m_statement, nullptr))
    , m_error(std::move(other.m_error))
{
}

Query::~Query()
{
    if (m_statement)
        m_database->giveBack(m_sql, m_statement);
}

Query &Query::bind(int parameter, const Cell &value)
{
    if (value.isInteger())
        return bind(parameter, value.integer());
    if (value.isText())
        return bind(parameter, value.text());
    if (value.isBytes())
        return bind(parameter, value.bytes());
    if (m_statement)
        sqlite3_bind_null(m_statement, parameter);
    return *this;
}

Query &Query::bind(int parameter, const QString &value)
{
    if (!m_statement)
        return *this;
    if (value.isNull()) {
        sqlite3_bind_null(m_statement, parameter);
        return *this;
    }
    const QByteArray utf8 = value.toUtf8();
    sqlite3_bind_text(m_statement, parameter, utf8.constData(), int(utf8.size()), SQLITE_TRANSIENT);
    return *this;
}

Query &Query::bind(int parameter, const QByteArray &value)
{
    if (m_statement)
        sqlite3_bind_blob(m_statement, parameter, value.constData(), int(value.size()),
                          SQLITE_TRANSIENT);
    return *this;
}

Query &Query::bind(int parameter, qint64 value)
{
    if (m_statement)
        sqlite3_bind_int64(m_statement, parameter, value);
    return *this;
}

void Query::fail(int code)
{
    m_error = m_database->lastError(code);
}

bool Query::next()
{
    if (!m_statement)
        return false;
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        fail(code);
    return false;
}

Result<> Query::run()
{
    while (next()) { }
    reset();
    if (m_error)
        return *m_error;
    return {};
}

void Query::reset()
{
    if (m_statement)
        sqlite3_reset(m_statement);
}

Cell Query::cell(int column) const
{
    switch (sqlite3_column_type(m_statement, column)) {
    case SQLITE_INTEGER:
        return integer(column);
    case SQLITE_TEXT:
        return text(column);
    case SQLITE_BLOB:
        return bytes(column);
    default:
        return {};
    }
}

QString Query::text(int column) const
{
    const auto *utf8 = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return utf8 ? QString::fromUtf8(utf8, sqlite3_column_bytes(m_statement, column)) : QString();
}

qint64 Query::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

QByteArray Query::bytes(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return QByteArray(data, sqlite3_column_bytes(m_statement, column));
}

bool Query::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

Row Query::row(int first, int count) const
{
    Row cells;
    cells.reserve(std::size_t(count));
    for (int i = 0; i < count; ++i)
        cells.push_back(cell(first + i));
    return cells;
}

} // namespace keydesk
