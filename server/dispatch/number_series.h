#pragma once

#include "store/database.h"

#include <QDate>

namespace keydesk {

// The human numbers that people quote on the telephone: SJ-0871-202603-0001. One series per kind,
// area and month, without holes, issued in the command's transaction. Never names a record to a
// program: that is its id.
class NumberSeries
{
public:
    explicit NumberSeries(Database &database)
        : m_database(database)
    {
    }

    static Result<> createTable(Database &database);
    /// The next number of a series; `kind` is "SJ", "XQ" ... (domain.md, vocabulary).
    Result<QString> next(const QString &kind, const QString &areaCode, const QDate &date);
    /// Moves the series of opportunities on to the numbers that rows bear already: after loading or
    /// importing rows that were numbered elsewhere.
    Result<> passIssued();
    /// Moves every series on, so that numbers issued after the backup that was restored are not
    /// issued again (sync.md, "Epoch").
    Result<> skip(int count);

private:
    Database &m_database;
};

} // namespace keydesk
