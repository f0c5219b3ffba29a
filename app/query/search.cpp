#include "query/search.h"

#include "base/both_words.h"
#include "base/phone.h"
#include "base/pinyin.h"
#include "base/search_text.h"
#include "rules/caller_key.h"
#include "store/derived_text.h"

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// What people look for first stands first; what is not listed follows in the catalog's order.
constexpr const char *searchedFirst[] = {"account", "contact",          "opportunity",
                                         "staff",   "product_offering", "task",
                                         "note",    "caller_card"};

// What is shown beside the title.
struct DetailOf
{
    const char *entity;
    const char *sql;
};
constexpr DetailOf details[] = {
    {"account", "t.group_code"},
    {"contact", "(SELECT name FROM account WHERE account.id = t.account_id)"},
    {"opportunity", "coalesce(t.no, '') || ' ' || coalesce(t.account_name, t.ent_name, '')"},
    {"staff", "t.code"},
    {"product_offering", "t.code"},
    {"task", "(SELECT name FROM account WHERE account.id = t.account_id)"},
    {"note", "(SELECT name FROM account WHERE account.id = t.account_id)"},
    {"caller_card", "t.group_code"},
};

// What is shown as the name, where it is not the entity's title.
constexpr DetailOf titles[] = {
    {"note", "t.body"},
    {"caller_card", "t.account_name"},
};

// A customer who is here himself is not found a second time through the directory.
constexpr char notHereHimself[] =
    " AND NOT EXISTS(SELECT 1 FROM account WHERE account.id = t.account_id)";

constexpr int candidatesPerHit = 4;
constexpr qsizetype noteTitle = 40; // characters

QByteArray detailOf(const QString &entity)
{
    for (const DetailOf &detail : details) {
        if (entity == QLatin1StringView(detail.entity))
            return detail.sql;
    }
    return "NULL";
}

QByteArray titleOf(const EntityInfo &entity)
{
    for (const DetailOf &title : titles) {
        if (entity.name() == QLatin1StringView(title.entity))
            return title.sql;
    }
    const int column = std::max(entity.titleColumn(), 0);
    return "t." + entity.fields()[std::size_t(column)].name.toLatin1();
}

// A note is named by how it begins, in the reader's language where it has both.
QString shownTitle(const EntityInfo &entity, const QString &title)
{
    return entity.name() == u"note" ? chosenWords(title).left(noteTitle) : title;
}

std::vector<const EntityInfo *> searchedEntities(const Catalog &catalog, const QStringList &wanted)
{
    std::vector<const EntityInfo *> entities;
    const auto add = [&](const EntityInfo &entity) {
        const bool searchable = std::any_of(entity.fields().begin(), entity.fields().end(),
                                            [](const FieldInfo &field) {
                                                return field.has(FieldFlag::Searchable);
                                            });
        const bool asked = wanted.isEmpty() || wanted.contains(entity.name());
        if (searchable && asked
            && std::find(entities.begin(), entities.end(), &entity) == entities.end())
            entities.push_back(&entity);
    };
    for (const char *name : searchedFirst) {
        if (const EntityInfo *entity = catalog.find(QString::fromLatin1(name)))
            add(*entity);
    }
    for (const EntityInfo &entity : catalog.entities())
        add(entity);
    return entities;
}

int rankOf(const QString &title, const QString &typed)
{
    if (title.compare(typed, Qt::CaseInsensitive) == 0)
        return 0;
    if (title.startsWith(typed, Qt::CaseInsensitive))
        return 1;
    const bool latin = std::all_of(typed.begin(), typed.end(), [](QChar c) {
        return c.unicode() < 128 && c.isLetterOrNumber();
    });
    const QString initials = latin ? Pinyin().initials(title) : QString();
    if (latin && initials.startsWith(typed.toLower()))
        return initials.size() == typed.size() ? 1 : 2;
    return title.contains(typed, Qt::CaseInsensitive) ? 3 : 4;
}

// The directory has a line for each number of a customer.
bool isListed(const std::vector<SearchHit> &found, const SearchHit &hit)
{
    return std::any_of(found.begin(), found.end(), [&](const SearchHit &one) {
        return one.title == hit.title && one.detail == hit.detail;
    });
}

} // namespace

std::vector<SearchHit> searchRecords(Database &database, const Catalog &catalog,
                                     const QString &text, int limit, const QStringList &entities)
{
    const QString typed = text.trimmed();
    const QString expression = searchExpression(typed);
    std::vector<SearchHit> hits;
    if (expression.isEmpty())
        return hits;
    for (const EntityInfo *entity : searchedEntities(catalog, entities)) {
        const QByteArray table = entity->name().toLatin1();
        const bool isCard = entity->name() == u"caller_card";
        // Shorter documents rank higher: the name itself before a long text that mentions it.
        Query query = database.query(
            "SELECT t.id, " + titleOf(*entity) + ", " + detailOf(entity->name()) + " FROM search_"
            + table + " AS s JOIN " + table + " AS t ON t.pk = s.rowid WHERE search_" + table
            + " MATCH ? AND t.deleted_at IS NULL" + (isCard ? notHereHimself : "")
            + " ORDER BY s.rank LIMIT ?");
        query.bind(1, expression).bind(2, limit * candidatesPerHit);
        std::vector<SearchHit> found;
        while (query.next()) {
            const QString title = shownTitle(*entity, query.text(1));
            SearchHit hit{entity->name(), query.text(0), title, query.text(2).trimmed(),
                          rankOf(title, typed)};
            if (!isCard || !isListed(found, hit))
                found.push_back(std::move(hit));
        }
        std::stable_sort(found.begin(), found.end(),
                         [](const SearchHit &a, const SearchHit &b) { return a.rank < b.rank; });
        found.resize(std::min(found.size(), std::size_t(limit)));
        hits.insert(hits.end(), found.begin(), found.end());
    }
    return hits;
}

// ---- Callers

namespace {

constexpr char callerByNumber[] = R"(
SELECT p.tbl, p.id,
       CASE p.tbl WHEN 'account' THEN p.id ELSE c.account_id END AS account,
       CASE p.tbl WHEN 'account' THEN a.name ELSE c.name END,
       a.name
FROM phone_index AS p
LEFT JOIN contact AS c ON p.tbl = 'contact' AND c.id = p.id
LEFT JOIN account AS a ON a.id = coalesce(c.account_id, p.id)
WHERE p.number = ? AND p.tbl IN ('contact', 'account')
ORDER BY p.tbl DESC, c.is_primary DESC, c.left_on IS NOT NULL, p.id)";

constexpr char cardByNumber[] = R"(
SELECT id, account_id, account_name, contact_initial FROM caller_card
WHERE number_key = ? AND area_id = ? AND deleted_at IS NULL ORDER BY contact_id IS NULL, id)";

// The directory holds no number, only what one area made of it.
std::vector<CallerMatch> findCards(Database &database, const QString &normalForm)
{
    std::vector<CallerMatch> matches;
    std::vector<RecordId> areas;
    Query directories = database.query("SELECT DISTINCT area_id FROM caller_card");
    while (directories.next())
        areas.emplace_back(directories.text(0));
    for (const RecordId &area : areas) {
        Query query = database.query(cardByNumber);
        query.bind(1, callerKey(normalForm, area)).bind(2, area.text());
        while (query.next()) {
            const QString person = query.text(3).isEmpty() ? QString() : query.text(3) + u"**"_s;
            matches.push_back({u"caller_card"_s, query.text(0), query.text(1),
                               person.isEmpty() ? query.text(2) : person, query.text(2), true});
        }
    }
    return matches;
}

} // namespace

std::vector<CallerMatch> findCaller(Database &database, const QString &number)
{
    std::vector<CallerMatch> matches;
    const QString key = phoneKeyOf(number);
    if (key.isEmpty())
        return matches;
    Query query = database.query(callerByNumber);
    query.bind(1, key);
    while (query.next())
        matches.push_back(
            {query.text(0), query.text(1), query.text(2), query.text(3), query.text(4), false});
    return matches.empty() ? findCards(database, parsePhone(number).key) : matches;
}

// ---- For the GUI

RecordSearch::RecordSearch(ReplicaReader &reader, QObject *parent)
    : QObject(parent)
    , m_reader(reader)
{
}

void RecordSearch::find(const QString &text, int limit, const QStringList &entities)
{
    const quint64 asked = ++m_asked;
    auto hits = std::make_shared<std::vector<SearchHit>>();
    m_reader.inBackground(
        this,
        [hits, text, limit, entities, catalog = &m_reader.catalog()](Database &database) {
            *hits = searchRecords(database, *catalog, text, limit, entities);
        },
        [this, hits, text, asked] {
            if (asked == m_asked)
                Q_EMIT found(text, *hits);
        });
}

std::vector<CallerMatch> RecordSearch::caller(const QString &number) const
{
    return m_reader.isOpen() ? findCaller(m_reader.store().database(), number)
                             : std::vector<CallerMatch>();
}

} // namespace keydesk
