#include "sync/online_search.h"

#include "base/phone.h"
#include "base/row_size.h"
#include "base/search_text.h"
#include "domain/account.h"
#include "domain/contact.h"
#include "store/derived_text.h"

#include <QSet>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostRows = 200;
constexpr int mostCandidates = 1000;
constexpr std::size_t mostConditions = 16;
constexpr qsizetype mostBytes = 200 * 1024; // a reply fits into one frame

struct ComparisonOperator
{
    const char *name;
    const char *sql; // after the column
};
constexpr ComparisonOperator operators[] = {
    {"=", " IS ?"},
    {"!=", " IS NOT ?"},
    {"<", " < ?"},
    {"<=", " <= ?"},
    {">", " > ?"},
    {">=", " >= ?"},
    {"contains", " LIKE ? ESCAPE '\\'"},
};

Cell pattern(const QString &part)
{
    QString text = part;
    for (const QChar special : {u'\\', u'%', u'_'})
        text.replace(special, u"\\"_s + special);
    return Cell(u'%' + text + u'%');
}

// The names behind a prefix that the person is granted: "acct:" gives account ids.
QByteArray grantedNames(const QByteArray &prefix, bool inClear)
{
    return "(SELECT substr(bucket, " + QByteArray::number(prefix.size() + 2)
        + ") FROM scope_grant WHERE user_id=?1 AND bucket > '" + prefix + ":' AND bucket < '"
        + prefix + ";'" + (inClear ? " AND profile=2" : "") + ")";
}

Cell numberOf(const QString &typed)
{
    const QString key = parsePhone(typed).key;
    return key.isEmpty() ? typed.trimmed() : key;
}

bool isHidden(const FieldInfo &field)
{
    return field.has(FieldFlag::Personal) || field.has(FieldFlag::Confidential);
}

// The directory tells who is a customer and how to reach him, nothing of his affairs: those are
// only opened, which is audited (sync.md, "Shape" 7).
bool isInDirectory(const EntityInfo &entity)
{
    return entity.name() == QLatin1StringView(Schema<Account>::table)
        || entity.name() == QLatin1StringView(Schema<Contact>::table);
}

} // namespace

OnlineSearch::OnlineSearch(RowStore &store, const Projection &projection, const QString &userId)
    : m_store(store)
    , m_projection(projection)
    , m_userId(userId)
    , m_grants(grantsOf(store.database(), userId))
{
}

Result<OnlineReply> OnlineSearch::answer(const OnlineQuery &query)
{
    const int number = m_projection.numberOf(query.entity);
    const EntityInfo *entity = number < 0 ? nullptr : m_projection.entity(number);
    if (!entity)
        return Error("entity.unknown"_reason, {query.entity});
    auto statement = statementFor(*entity, query);
    if (!statement)
        return statement.error();
    Query rows = m_store.database().query(statement->sql);
    for (std::size_t i = 0; i < statement->values.size(); ++i)
        rows.bind(int(i) + 1, statement->values[i]);
    const QString words = query.text.trimmed().isEmpty() ? QString() : searchExpression(query.text);
    OnlineReply reply;
    reply.request = query.request;
    reply.entity = query.entity;
    const auto limit = std::size_t(qBound(1, query.limit, mostRows));
    qsizetype bytes = 0;
    // By the reply's size at a time: to look at what will not be shown costs as much.
    for (bool atEnd = false; !atEnd && reply.rows.size() < limit;) {
        auto found = rowsFrom(rows, *entity, limit);
        if (!found)
            return found.error();
        atEnd = found->size() < limit;
        if (auto done = dropUnseenMatches(*entity, words, *found); !done)
            return done.error();
        for (const Found &hit : *found) {
            Row cells = m_projection.cells(number, hit.row, hit.profile);
            bytes += sizeBound(cells);
            if (reply.rows.size() == limit || bytes > mostBytes)
                return reply;
            reply.rows.push_back(std::move(cells));
        }
    }
    return reply;
}

// Every text in the statement is ours or the catalog's; every value of the asker is bound.
Result<OnlineSearch::Statement> OnlineSearch::statementFor(const EntityInfo &entity,
                                                           const OnlineQuery &query) const
{
    const QByteArray table = entity.name().toLatin1();
    Statement statement;
    statement.values.push_back(Cell(m_userId));
    QByteArray tests;
    const auto bound = [&statement](const Cell &value) {
        statement.values.push_back(value);
        return "?" + QByteArray::number(statement.values.size());
    };
    if (query.where.size() > mostConditions)
        return Error("protocol.malformed"_reason, {u"too many conditions"_s});
    bool inClear = false;
    for (const Condition &condition : query.where) {
        const FieldInfo *field = entity.field(condition.field);
        if (!field || field->kind == Kind::Json)
            return Error("field.unknown"_reason, {condition.field});
        const auto known = std::find_if(std::begin(operators), std::end(operators),
                                        [&](const ComparisonOperator &one) {
                                            return condition.op == QLatin1StringView(one.name);
                                        });
        if (known == std::end(operators))
            return Error("protocol.malformed"_reason, {u"operator "_s + condition.op});
        inClear = inClear || isHidden(*field);
        const bool contains = condition.op == u"contains";
        tests += " AND +" + field->name.toLatin1()
            + QByteArray(known->sql)
                  .replace("?",
                           bound(contains ? pattern(condition.value.text()) : condition.value));
    }
    if (!query.phone.trimmed().isEmpty())
        tests += " AND id IN (SELECT id FROM phone_index WHERE number="
            + bound(numberOf(query.phone)) + " AND tbl=" + bound(entity.name()) + ")";
    if (!query.text.trimmed().isEmpty()) {
        const QString expression = searchExpression(query.text);
        if (!m_store.isSearchable(entity) || expression.isEmpty())
            tests += " AND 0";
        else
            tests += " AND pk IN (SELECT rowid FROM search_" + table + " WHERE search_" + table
                + " MATCH " + bound(expression) + ")";
    }
    statement.sql = "SELECT " + m_store.columnList(entity) + " FROM " + table
        + " WHERE deleted_at IS NULL AND (" + scopeClause(entity, inClear) + ")" + tests
        + " ORDER BY pk DESC LIMIT " + QByteArray::number(mostCandidates);
    return statement;
}

QByteArray OnlineSearch::scopeClause(const EntityInfo &entity, bool inClear) const
{
    QByteArray clause = "0";
    for (const EntityInfo::BucketInfo &bucket : entity.buckets()) {
        const QByteArray prefix = bucket.prefix.toLatin1();
        if (bucket.column < 0) {
            clause += " OR EXISTS (SELECT 1 FROM scope_grant WHERE user_id=?1 AND bucket='" + prefix
                + "')";
            continue;
        }
        const QByteArray column = entity.fields()[std::size_t(bucket.column)].name.toLatin1();
        clause += " OR " + column + " IN " + grantedNames(prefix, inClear);
        if (bucket.prefix == u"area" && !inClear && isInDirectory(entity))
            clause += " OR " + column + " IN " + grantedNames("directory", false);
    }
    return clause;
}

Result<std::vector<OnlineSearch::Found>> OnlineSearch::rowsFrom(Query &rows,
                                                                const EntityInfo &entity,
                                                                std::size_t most) const
{
    std::vector<Found> found;
    while (found.size() < most && rows.next()) {
        Row row = rows.row(0, entity.fieldCount());
        const Profile profile = profileOf(entity, row);
        if (profile != Profile::None)
            found.push_back({std::move(row), profile});
    }
    if (rows.error())
        return *rows.error();
    return found;
}

Profile OnlineSearch::profileOf(const EntityInfo &entity, const Row &row) const
{
    Profile best = Profile::None;
    const auto look = [&](const QString &bucket, Profile most) {
        const auto grant = m_grants.find(bucket);
        if (grant != m_grants.end())
            best = std::max(best, std::min(grant->second, most));
    };
    for (const QString &bucket : entity.bucketsOf(row)) {
        look(bucket, Profile::Full);
        if (bucket.startsWith(u"area:") && isInDirectory(entity))
            look(u"directory:"_s + bucket.mid(5), Profile::Masked);
    }
    return best;
}

// Whoever sees a row masked must not find it by what is masked: its visible words have to match
// too.
Result<> OnlineSearch::dropUnseenMatches(const EntityInfo &entity, const QString &expression,
                                         std::vector<Found> &found) const
{
    const bool mixed = std::any_of(entity.fields().begin(), entity.fields().end(),
                                   [](const FieldInfo &field) {
                                       return field.has(FieldFlag::Searchable) && isHidden(field);
                                   });
    const bool anyMasked = std::any_of(found.begin(), found.end(), [](const Found &hit) {
        return hit.profile != Profile::Full;
    });
    if (!mixed || !anyMasked || expression.isEmpty())
        return {};
    const auto probe = Database::openInMemory();
    auto ready = probe->execute("CREATE VIRTUAL TABLE visible USING fts5(tokens, content='', "
                                "tokenize=\"unicode61 remove_diacritics 0\")");
    for (std::size_t i = 0; ready && i < found.size(); ++i) {
        if (found[i].profile == Profile::Full)
            continue;
        Row masked = found[i].row;
        for (std::size_t c = 0; c < masked.size(); ++c) {
            const FieldInfo &field = entity.fields()[c];
            if (isHidden(field))
                masked[c] = {};
        }
        ready = probe->query("INSERT INTO visible(rowid, tokens) VALUES(?,?)")
                    .bind(1, qint64(i))
                    .bind(2, searchTokens(entity, masked) + u' ')
                    .run();
    }
    if (!ready)
        return ready;
    QSet<qint64> visible;
    Query matches = probe->query("SELECT rowid FROM visible WHERE visible MATCH ?");
    matches.bind(1, expression);
    while (matches.next())
        visible.insert(matches.integer(0));
    qint64 position = -1;
    std::erase_if(found, [&](const Found &hit) {
        ++position;
        return hit.profile != Profile::Full && !visible.contains(position);
    });
    return {};
}

} // namespace keydesk
