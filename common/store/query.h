#pragma once

#include "base/cell.h"
#include "base/record_id.h"
#include "base/result.h"

#include <optional>

struct sqlite3_stmt;

namespace keydesk {

class Database;

// A prepared statement in use: bind, then next() for rows or run() for changes. Reset and returned
// to its database when it dies. Columns count from 0, parameters from 1.
class Query
{
public:
    Query(Query &&other) noexcept;
    Query &operator=(Query &&) = delete;
    ~Query();

    Query &bind(int parameter, const Cell &value);
    Query &bind(int parameter, const QString &value);
    Query &bind(int parameter, const QByteArray &value);
    Query &bind(int parameter, qint64 value);
    Query &bind(int parameter, int value) { return bind(parameter, qint64(value)); }
    Query &bind(int parameter, const RecordId &value) { return bind(parameter, value.text()); }

    /// Steps to the next row; false at the end or on an error (see error()).
    bool next();
    /// Runs a statement without rows and resets it for the next binding.
    Result<> run();
    /// The error that ended next() early, if one did.
    std::optional<Error> error() const { return m_error; }

    Cell cell(int column) const;
    QString text(int column) const;
    qint64 integer(int column) const;
    QByteArray bytes(int column) const;
    bool isNull(int column) const;
    /// `count` cells from `first` on.
    Row row(int first, int count) const;
    void reset();

private:
    friend class Database;
    Query(Database &database, QByteArray sql, sqlite3_stmt *statement);
    void fail(int code);

    Database *m_database;
    QByteArray m_sql;
    sqlite3_stmt *m_statement;
    std::optional<Error> m_error;
};

} // namespace keydesk
