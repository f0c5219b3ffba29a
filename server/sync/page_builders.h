#pragma once

#include "sync/delivery.h"
#include "sync/page_builder.h"
#include "sync/worker_pool.h"

namespace keydesk {

// The server's readers: a few threads, each with its own read-only connection, that build pages and
// answer online searches from snapshots. They never write and hold no snapshot between requests.
class PageBuilders
{
public:
    PageBuilders(QString databasePath, const Catalog &catalog, Delivery deliver, int threads = 4);

    /// `answer` is delivered; server.busy when too much waits.
    void pull(const QString &user, const QString &device,
              std::shared_ptr<const Projection> projection, const Pull &request,
              const std::function<void(Result<Page>)> &answer);
    void query(const QString &user, std::shared_ptr<const Projection> projection,
               const OnlineQuery &request, const std::function<void(OnlineReply)> &answer);

private:
    struct Reader
    {
        std::unique_ptr<Database> database;
        std::unique_ptr<RowStore> store;
    };
    Result<> inSnapshot(int worker, const std::function<Result<>(RowStore &)> &work);

    const QString m_databasePath;
    const Catalog &m_catalog;
    const Delivery m_deliver;
    std::vector<Reader> m_readers; // one for each thread, used there only
    WorkerPool m_pool; // last: its threads end before what they use
};

} // namespace keydesk
