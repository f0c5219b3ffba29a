#pragma once

#include "sync/unit.h"

namespace keydesk {

// Several statements that stand or fall together.
class Bracket
{
public:
    explicit Bracket(Database &database)
        : m_unit(database)
    {
    }
    /// Commits if `body` and everything before went well; else all of it is undone.
    Result<> commit(const Result<> &body)
    {
        if (!m_unit.begun())
            return m_unit.begun();
        return body ? m_unit.commit() : body;
    }

private:
    Unit m_unit;
};

} // namespace keydesk
