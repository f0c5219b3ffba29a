#pragma once

#include "protocol/messages.h"

#include <functional>

namespace keydesk {

// What a page tells the replica to do, in this order.
struct PageItem
{
    enum Kind {
        Reset, // forget everything held: what follows is a first load
        Begin, // the rows of a bucket follow, under a profile
        Complete, // all rows of the bucket have been sent
        Drop, // the bucket is no longer granted
        Put, // a row lies in the bucket; its cells in the order of Columns
        Del, // a row left the bucket
        Name, // writer's own: gives the next bucket name of this page a number
    };
    Kind kind = Reset;
    QString bucket;
    Profile profile = Profile::None;
    int entity = -1; // position in Columns
    QString id;
    Row cells;
    quint64 hash = 0; // contentHash of the cells
};

// Writes the items of one page; bucket names are written once a page.
class PageItemWriter
{
public:
    PageItemWriter()
        : m_writer(&m_bytes)
    {
        m_writer.startArray();
    }
    void reset();
    void begin(const QString &bucket, Profile profile);
    void complete(const QString &bucket);
    void drop(const QString &bucket);
    void put(const QString &bucket, int entity, const Row &cells);
    void del(const QString &bucket, int entity, const QString &id);

    qsizetype size() const { return m_bytes.size(); }
    /// Ends the page; nothing may be written after it.
    const QByteArray &finish()
    {
        m_writer.endArray();
        return m_bytes;
    }

private:
    qint64 numberOf(const QString &bucket);

    QByteArray m_bytes;
    QCborStreamWriter m_writer;
    std::map<QString, qint64> m_numbers;
};

/// Calls `take` for each item in order; ends early when it answers an error. Errors:
/// protocol.malformed, also for a row that does not match its hash.
Result<> readPageItems(const QByteArray &bytes, const std::function<Result<>(PageItem &&)> &take);

} // namespace keydesk
