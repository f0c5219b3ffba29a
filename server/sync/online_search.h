#pragma once

#include "store/row_store.h"
#include "sync/projection.h"
#include "sync/scope.h"

namespace keydesk {

// Answers an online search from one snapshot: by telephone number, by text, by conditions. Only
// rows that the asker is granted, and customers and contacts of an area whose directory he holds,
// each under the best profile he has for it; what a profile hides cannot be searched for under it
// either, except a whole telephone number.
class OnlineSearch
{
public:
    /// `store` must be inside a read transaction.
    OnlineSearch(RowStore &store, const Projection &projection, const QString &userId);

    /// Errors: entity.unknown, field.unknown, protocol.malformed (an operator).
    Result<OnlineReply> answer(const OnlineQuery &query);

private:
    struct Found
    {
        Row row;
        Profile profile;
    };
    struct Statement
    {
        QByteArray sql;
        std::vector<Cell> values; // ?1 is the person
    };
    Result<Statement> statementFor(const EntityInfo &entity, const OnlineQuery &query) const;
    QByteArray scopeClause(const EntityInfo &entity, bool inClear) const;
    /// So many further rows that the person may see; fewer at the end.
    Result<std::vector<Found>> rowsFrom(Query &rows, const EntityInfo &entity,
                                        std::size_t most) const;
    Profile profileOf(const EntityInfo &entity, const Row &row) const;
    Result<> dropUnseenMatches(const EntityInfo &entity, const QString &expression,
                               std::vector<Found> &found) const;

    RowStore &m_store;
    const Projection &m_projection;
    QString m_userId;
    Grants m_grants;
};

} // namespace keydesk
