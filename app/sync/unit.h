#pragma once

#include "store/database.h"

namespace keydesk {

// A database transaction that rolls back unless committed.
class Unit
{
public:
    explicit Unit(Database &database)
        : m_database(database)
        , m_begun(database.execute("BEGIN IMMEDIATE"))
    {
    }
    ~Unit()
    {
        if (m_database.inTransaction())
            (void)m_database.execute("ROLLBACK");
    }
    const Result<> &begun() const { return m_begun; }
    Result<> commit() { return m_database.execute("COMMIT"); }

private:
    Database &m_database;
    Result<> m_begun;
};

} // namespace keydesk
