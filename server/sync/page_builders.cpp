#include "sync/page_builders.h"

#include "sync/online_search.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcReaders, "keydesk.server.readers", QtInfoMsg)

namespace keydesk {

namespace {

// One pull and four searches for each of 1,500 connections.
constexpr std::size_t mostWaiting = 7500;

} // namespace

PageBuilders::PageBuilders(QString databasePath, const Catalog &catalog, Delivery deliver,
                           int threads)
    : m_databasePath(std::move(databasePath))
    , m_catalog(catalog)
    , m_deliver(std::move(deliver))
    , m_readers(std::size_t(threads))
    , m_pool(threads, mostWaiting, [this](int worker) { m_readers[std::size_t(worker)] = {}; })
{
}

Result<> PageBuilders::inSnapshot(int worker, const std::function<Result<>(RowStore &)> &work)
{
    Reader &reader = m_readers[std::size_t(worker)];
    if (!reader.database) {
        DatabaseOptions options;
        options.access = DatabaseOptions::Access::ReadOnly;
        auto opened = Database::open(m_databasePath, options);
        if (!opened)
            return opened.error();
        reader.database = std::move(*opened);
        reader.store = std::make_unique<RowStore>(*reader.database, m_catalog);
    }
    if (auto begun = reader.database->query("BEGIN").run(); !begun)
        return begun;
    auto done = work(*reader.store);
    if (auto ended = reader.database->query("COMMIT").run(); !ended && done)
        done = ended;
    if (!done && done.error().code() == ErrorCode::Storage) {
        qCWarning(lcReaders) << done.error().key() << done.error().args << done.error().detail;
        reader = {}; // the next request opens it anew
    }
    return done;
}

void PageBuilders::pull(const QString &user, const QString &device,
                        std::shared_ptr<const Projection> projection, const Pull &request,
                        const std::function<void(Result<Page>)> &answer)
{
    const auto posted = m_pool.post([=, this](int worker) {
        auto page = std::make_shared<Page>();
        const auto done = inSnapshot(worker, [&](RowStore &store) -> Result<> {
            auto built = PageBuilder(store, *projection, user, device).build(request);
            if (!built)
                return built.error();
            *page = std::move(*built);
            return {};
        });
        m_deliver([answer, page, done] { answer(done ? Result<Page>(*page) : done.error()); });
    });
    if (!posted)
        m_deliver([answer, why = posted.error()] { answer(why); });
}

void PageBuilders::query(const QString &user, std::shared_ptr<const Projection> projection,
                         const OnlineQuery &request, const std::function<void(OnlineReply)> &answer)
{
    const auto refuse = [answer, request](const Error &why) {
        answer({request.request, why.key(), why.args, request.entity, {}});
    };
    const auto posted = m_pool.post([=, this](int worker) {
        auto reply = std::make_shared<OnlineReply>();
        const auto done = inSnapshot(worker, [&](RowStore &store) -> Result<> {
            auto found = OnlineSearch(store, *projection, user).answer(request);
            if (!found)
                return found.error();
            *reply = std::move(*found);
            return {};
        });
        m_deliver([answer, refuse, reply, done] { done ? answer(*reply) : refuse(done.error()); });
    });
    if (!posted)
        m_deliver([refuse, why = posted.error()] { refuse(why); });
}

} // namespace keydesk
