#include "base/content_hash.h"

namespace keydesk {

namespace {

// FNV-1a over bytes with a final avalanche (the mixer of SplitMix64), so that sums of similar rows
// do not cancel.
class Hasher
{
public:
    void add(const void *data, std::size_t size)
    {
        const auto *byte = static_cast<const unsigned char *>(data);
        for (std::size_t i = 0; i < size; ++i)
            m_state = (m_state ^ byte[i]) * 0x100000001b3ull;
    }
    void add(const QString &text)
    {
        add(text.constData(), std::size_t(text.size()) * sizeof(QChar));
        add(quint64(text.size()));
    }
    void add(quint64 number) { add(&number, sizeof number); }
    quint64 result() const
    {
        quint64 z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }

private:
    quint64 m_state = 0xcbf29ce484222325ull;
};

} // namespace

quint64 membershipHash(const QString &table, const QString &id, qint64 rowVer)
{
    Hasher hasher;
    hasher.add(table);
    hasher.add(id);
    hasher.add(quint64(rowVer));
    return hasher.result();
}

quint64 contentHash(const Row &cells)
{
    Hasher hasher;
    for (const Cell &cell : cells) {
        if (cell.isInteger()) {
            hasher.add(quint64(1));
            hasher.add(quint64(cell.integer()));
        } else if (cell.isText()) {
            hasher.add(quint64(2));
            hasher.add(cell.text());
        } else if (cell.isBytes()) {
            const QByteArray bytes = cell.bytes();
            hasher.add(quint64(3));
            hasher.add(bytes.constData(), std::size_t(bytes.size()));
        } else {
            hasher.add(quint64(0));
        }
    }
    return hasher.result();
}

} // namespace keydesk
