#include "protocol/page_items.h"

#include "base/content_hash.h"

namespace keydesk {

qint64 PageItemWriter::numberOf(const QString &bucket)
{
    const auto [entry, fresh] = m_numbers.try_emplace(bucket, qint64(m_numbers.size()));
    if (fresh) {
        m_writer.startArray(2);
        m_writer.append(qint64(PageItem::Name));
        m_writer.append(QStringView(bucket));
        m_writer.endArray();
    }
    return entry->second;
}

void PageItemWriter::reset()
{
    m_writer.startArray(1);
    m_writer.append(qint64(PageItem::Reset));
    m_writer.endArray();
}

void PageItemWriter::begin(const QString &bucket, Profile profile)
{
    const qint64 number = numberOf(bucket);
    m_writer.startArray(3);
    m_writer.append(qint64(PageItem::Begin));
    m_writer.append(number);
    m_writer.append(qint64(profile));
    m_writer.endArray();
}

void PageItemWriter::complete(const QString &bucket)
{
    const qint64 number = numberOf(bucket);
    m_writer.startArray(2);
    m_writer.append(qint64(PageItem::Complete));
    m_writer.append(number);
    m_writer.endArray();
}

void PageItemWriter::drop(const QString &bucket)
{
    const qint64 number = numberOf(bucket);
    m_writer.startArray(2);
    m_writer.append(qint64(PageItem::Drop));
    m_writer.append(number);
    m_writer.endArray();
}

void PageItemWriter::put(const QString &bucket, int entity, const Row &cells)
{
    const qint64 number = numberOf(bucket);
    m_writer.startArray(5);
    m_writer.append(qint64(PageItem::Put));
    m_writer.append(number);
    m_writer.append(qint64(entity));
    m_writer.append(qint64(contentHash(cells)));
    m_writer.startArray(quint64(cells.size()));
    for (const Cell &cell : cells)
        writeCell(m_writer, cell);
    m_writer.endArray();
    m_writer.endArray();
}

void PageItemWriter::del(const QString &bucket, int entity, const QString &id)
{
    const qint64 number = numberOf(bucket);
    m_writer.startArray(4);
    m_writer.append(qint64(PageItem::Del));
    m_writer.append(number);
    m_writer.append(qint64(entity));
    m_writer.append(QStringView(id));
    m_writer.endArray();
}

namespace {

// Reads the parts of one item after its kind; names are resolved through `names`.
void readPart(CborReader &reader, PageItem &item, int part, const QStringList &names)
{
    if (part == 1) {
        if (item.kind == PageItem::Name) {
            item.bucket = reader.text();
            return;
        }
        const qint64 number = reader.integer();
        if (number < 0 || number >= names.size())
            return reader.fail(QStringLiteral("unknown bucket number"));
        item.bucket = names.at(number);
    } else if (part == 2 && item.kind == PageItem::Begin) {
        item.profile = reader.integer() == qint64(Profile::Full) ? Profile::Full : Profile::Masked;
    } else if (part == 2) {
        item.entity = int(reader.integer());
    } else if (part == 3 && item.kind == PageItem::Put) {
        item.hash = quint64(reader.integer());
    } else if (part == 3) {
        item.id = reader.text();
    } else {
        reader.array([&] { item.cells.push_back(reader.cell()); }, 1024);
    }
}

int partsOf(PageItem::Kind kind)
{
    constexpr int parts[] = {1, 3, 2, 2, 5, 4, 2};
    return parts[kind];
}

// Reads one item; false if it could not be read.
bool readItem(CborReader &reader, PageItem &item, const QStringList &names)
{
    int part = 0;
    reader.array(
        [&] {
            if (part > 0) {
                readPart(reader, item, part++, names);
                return;
            }
            ++part;
            const qint64 kind = reader.integer();
            if (kind < PageItem::Reset || kind > PageItem::Name)
                return reader.fail(QStringLiteral("unknown page item"));
            item.kind = PageItem::Kind(kind);
        },
        5);
    if (reader.ok() && part != partsOf(item.kind))
        reader.fail(QStringLiteral("page item is cut"));
    if (reader.ok() && item.kind == PageItem::Put
        && (item.cells.size() < 2 || contentHash(item.cells) != item.hash))
        reader.fail(QStringLiteral("a row was damaged"));
    return reader.ok();
}

} // namespace

Result<> readPageItems(const QByteArray &bytes, const std::function<Result<>(PageItem &&)> &take)
{
    CborReader reader(bytes);
    QStringList names;
    Result<> taken;
    reader.array([&] {
        PageItem item;
        if (!readItem(reader, item, names))
            return;
        if (item.kind == PageItem::Name) {
            names.append(item.bucket);
            return;
        }
        if (item.kind == PageItem::Put)
            item.id = item.cells.front().text();
        taken = take(std::move(item));
        if (!taken)
            reader.fail(QStringLiteral("not taken"));
    });
    if (!taken)
        return taken;
    if (!reader.ok())
        return Error("protocol.malformed"_reason, {reader.problem()});
    return {};
}

} // namespace keydesk
