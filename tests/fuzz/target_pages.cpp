#include "fuzz_target.h"

#include "domain/entities.h"
#include "protocol/messages.h"
#include "protocol/page_items.h"
#include "support/memory_shelf.h"
#include "sync/replica.h"

namespace keydesk::fuzz {

using namespace Qt::StringLiterals;

namespace {

constexpr Instant noon{1'700'000'000'000};
constexpr int inputsPerWorld = 500; // then a new one, so that an input has few before it

// Bytes as small decisions; nothing when they are used up.
class Choices
{
public:
    explicit Choices(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }
    bool isOver() const { return m_bytes.isEmpty(); }
    int byte()
    {
        if (m_bytes.isEmpty())
            return 0;
        const int value = quint8(m_bytes[0]);
        m_bytes = m_bytes.sliced(1);
        return value;
    }
    qint64 number()
    {
        qint64 value = 0;
        for (int i = byte() % 9; i > 0; --i)
            value = (value << 8) | byte();
        return value;
    }
    QByteArray text()
    {
        const qsizetype size = std::min<qsizetype>(byte() % 24, m_bytes.size());
        QByteArray some = m_bytes.first(size).toByteArray();
        m_bytes = m_bytes.sliced(size);
        return some;
    }

private:
    QByteArrayView m_bytes;
};

// A desktop that takes pages which no server would send: rows with honest hashes but any cells,
// buckets, orders, sums and positions.
class PageWorld
{
public:
    PageWorld()
        : m_registry(makeCommandRegistry())
        , m_outboxFile(Database::openInMemory())
        , m_outbox(*m_outboxFile)
    {
        if (auto made = m_outbox.createTables(); !made)
            qFatal("no outbox");
        m_replica = std::make_unique<Replica>(m_shelf, m_outbox, m_catalog, m_registry);
        if (auto opened = m_replica->open(RecordId::fromParts(1, 1, 1), noon); !opened)
            qFatal("no replica");
    }

    void take(const QByteArray &bytes)
    {
        const auto message = decodeMessage(bytes);
        const auto *sent = message ? std::get_if<Page>(&*message) : nullptr;
        const Page page = sent ? *sent : madeUp(bytes);
        (void)m_replica->nextPull();
        const qint64 before = m_replica->cursor();
        const QString epoch = m_replica->epoch();
        const auto taken = m_replica->takePage(page, noon);
        if (!taken)
            m_replica->abandonRound();
        if (m_replica->epoch() == epoch && m_replica->cursor() < before)
            qFatal("the cursor went back from %lld to %lld", before, m_replica->cursor());
        if (const ReplicaFile *file = m_replica->current();
            file && const_cast<ReplicaFile *>(file)->database().inTransaction())
            qFatal("a page left a transaction open");
    }

private:
    Page madeUp(const QByteArray &bytes)
    {
        Choices choices{QByteArrayView(bytes)};
        Page page;
        page.epoch = choices.byte() < 200 ? u"e"_s : QString::fromUtf8(choices.text());
        page.position = choices.number();
        page.head = choices.number();
        page.done = choices.byte() < 128;
        page.lastN = choices.byte();
        PageItemWriter writer;
        while (!choices.isOver())
            add(writer, choices, page);
        page.items = writer.finish();
        return page;
    }
    void add(PageItemWriter &writer, Choices &choices, Page &page)
    {
        const QString bucket = choices.byte() < 100
            ? u"ref"_s
            : u"acct:"_s + QString::number(choices.byte() % 4);
        const int entity = choices.byte() % int(m_catalog.entities().size() + 1);
        switch (choices.byte() % 8) {
        case 0:
            return writer.reset();
        case 1:
            return writer.begin(bucket, Profile(choices.byte() % 4));
        case 2:
            page.sums.push_back({bucket, choices.byte(), quint64(choices.number())});
            return writer.complete(bucket);
        case 3:
            return writer.drop(bucket);
        case 4:
            return writer.del(bucket, entity, idOf(choices));
        default:
            return writer.put(bucket, entity, row(choices, entity));
        }
    }
    static QString idOf(Choices &choices)
    {
        const int which = choices.byte();
        return which < 240 ? RecordId::fromParts(1, 2, quint64(which % 8)).text()
                           : QString::fromUtf8(choices.text());
    }
    Row row(Choices &choices, int entity) const
    {
        if (entity >= int(m_catalog.entities().size()))
            return Row(3);
        Row cells = m_catalog.entities()[std::size_t(entity)].blank();
        cells[common_column::Id] = idOf(choices);
        cells[common_column::RowVer] = choices.number();
        for (int i = choices.byte() % 6; i > 0; --i) {
            Cell &cell = cells[std::size_t(choices.byte()) % cells.size()];
            const int kind = choices.byte() % 3;
            cell = kind == 0 ? Cell()
                : kind == 1  ? Cell(choices.number())
                             : Cell(QString::fromUtf8(choices.text()));
        }
        if (choices.byte() == 255)
            cells.pop_back();
        return cells;
    }

    const Catalog m_catalog = makeCatalog();
    const CommandRegistry m_registry;
    std::shared_ptr<Database> m_outboxFile;
    test::MemoryShelf m_shelf;
    Outbox m_outbox;
    std::unique_ptr<Replica> m_replica;
};

} // namespace

Target pages()
{
    struct Turn
    {
        std::unique_ptr<PageWorld> world;
        int inputs = 0;
    };
    const auto run = [turn = std::make_shared<Turn>()](const QByteArray &bytes) {
        if (turn->inputs++ % inputsPerWorld == 0)
            turn->world = std::make_unique<PageWorld>();
        turn->world->take(bytes);
    };
    PageItemWriter items;
    items.reset();
    items.begin(u"ref"_s, Profile::Full);
    items.complete(u"ref"_s);
    Page page;
    page.epoch = u"e"_s;
    page.position = page.head = 5;
    page.done = true;
    page.items = items.finish();
    return {"pages",
            run,
            {encodeMessage(page), QByteArray(12, '\x01'),
             QByteArray("\x01\x01\x05\x01\x05\x01\x00\x01\x00\x00\x01\x00\x01\x02\x00\x01\x05", 17),
             QByteArray("\x01\x01\x07\x01\x07\x01\x00\x70\x01\x09\x05\x02\x01\x03\x02\x08\x02\x03x"
                        "yz",
                        21)},
            {"ref", "acct:1", QByteArray("\x00\x00", 2), QByteArray("\x01\x00\x01", 3)}};
}

} // namespace keydesk::fuzz
