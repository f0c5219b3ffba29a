#include "fuzz_target.h"

#include "batch/batch_query.h"
#include "domain/entities.h"
#include "query/row_query.h"
#include "query/sort_functions.h"
#include "rules/routing_condition.h"
#include "support/master_world.h"
#include "support/replica_fixture.h"
#include "sync/online_search.h"

#include <QJsonDocument>

namespace keydesk::fuzz {

using namespace Qt::StringLiterals;

namespace {

// A server with one customer, its manager and a small replica of the same kind of data.
class FilterWorld
{
public:
    FilterWorld()
        : m_area(m_world.area(u"km"_s))
        , m_manager(m_world.person(u"am"_s, Role::AccountManager, m_area.id))
        , m_account(m_world.account(u"云南银行"_s, m_area.id))
        , m_projection(m_world.catalog, everyColumn(m_world.catalog))
    {
        m_world.assign(m_account, m_manager);
        if (!defineSortFunctions(m_local.file->database()))
            qFatal("no orderings");
        m_local.put(m_account);
        m_local.announce();
    }

    // What a peer asks online: every condition that is taken must be answered by SQL that runs.
    void ask(const QByteArray &bytes)
    {
        const auto message = decodeMessage(bytes);
        const auto *query = message ? std::get_if<OnlineQuery>(&*message) : nullptr;
        if (!query)
            return;
        (void)m_world.database->takeTrouble();
        OnlineSearch search(m_world.store, m_projection, m_manager.id.text());
        const auto reply = search.answer(*query);
        if (reply && reply->rows.size() > 200)
            qFatal("more rows than one may have");
        if (m_world.database->takeTrouble())
            qFatal("a search that was taken has no answer");
    }
    // What a script or a page filters by.
    void filter(const QByteArray &bytes)
    {
        const auto document = QJsonDocument::fromJson(bytes);
        (void)checkCondition(QString::fromUtf8(bytes));
        (void)matches(QString::fromUtf8(bytes), document.object());
        BatchQuery batch(m_local.file->database(), m_local.catalog);
        const auto read = batch.read(document.object());
        if (!read || !compile(m_local.catalog, *read))
            return;
        const auto rows = batch.rows(*read);
        if (!rows && rows.error().code() == ErrorCode::Storage)
            qFatal("a filter that was taken has no answer: %s",
                   qPrintable(rows.error().args.join(u' ')));
    }

private:
    static Columns everyColumn(const Catalog &catalog)
    {
        Columns columns;
        for (const EntityInfo &entity : catalog.entities()) {
            EntityColumns known{entity.name(), {}};
            for (const FieldInfo &field : entity.fields())
                known.columns.append(field.name);
            columns.entities.push_back(known);
        }
        return columns;
    }

    MasterWorld m_world;
    test::ReplicaFixture m_local;
    Area m_area;
    Staff m_manager;
    Account m_account;
    Projection m_projection;
};

} // namespace

Target filters()
{
    OnlineQuery query;
    query.request = 1;
    query.entity = u"account"_s;
    query.where = {{u"name"_s, u"contains"_s, Cell(u"银行"_s)},
                   {u"value_class"_s, u"="_s, Cell(u"A"_s)},
                   {u"employees"_s, u"<="_s, Cell(50)}};
    OnlineQuery words = query;
    words.entity = u"contact"_s;
    words.where.clear();
    words.text = u"ynyh"_s;
    OnlineQuery number = words;
    number.text.clear();
    number.phone = u"13800138000"_s;
    return {
        "filters",
        [world = std::make_shared<FilterWorld>()](const QByteArray &bytes) {
            if (bytes.startsWith('{'))
                world->filter(bytes);
            else
                world->ask(bytes);
        },
        {encodeMessage(query), encodeMessage(words), encodeMessage(number),
         R"({"query":"account","where":{"name":"云南"},"fields":["name"],"order":["-name"]})",
         R"({"query":"opportunity","where":{"account_id.value_class":["A","B"],"value_fen":{">":5}},"limit":3})",
         R"({"am_flag":true,"value_class":["A"],"area":["5301"]})"},
        {"contains", "account_id.", "\"where\":", "\"order\":", "\"limit\":", "null", "[]", "{}",
         "!=", ">=", "opportunity", "staff", "name", "' OR 1=1 --", "%", "\"", "_", "*",
         "9223372036854775807"}};
}

} // namespace keydesk::fuzz
