#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

namespace keydesk {

// Name of one record for ever, minted where the record is born: a UUIDv7 in its canonical text, so
// that ids sort by birth and read the same in SQL, on the wire and in a log.
class RecordId
{
public:
    RecordId() = default;
    explicit RecordId(QString text)
        : m_text(std::move(text))
    {
    }

    /// A UUIDv7 from a time in UTC milliseconds and 80 bits of entropy (the rest is ignored).
    static RecordId fromParts(qint64 unixMilliseconds, quint64 high, quint64 low);
    /// A fresh id from this machine's clock and random source. Never inside a command's apply().
    static RecordId create();
    /// The k-th id born in a command: a pure function, so that every replay mints the same one.
    static RecordId derive(const RecordId &commandId, int k);

    /// Whether a text has the shape of an id: what tells a reference from a business key.
    static bool looksLike(QStringView text);

    bool isNull() const { return m_text.isEmpty(); }
    const QString &text() const { return m_text; }

    // Named, because QString has no <=> of its own to deduce it from.
    std::strong_ordering operator<=>(const RecordId &) const = default;

private:
    QString m_text;
};

inline size_t qHash(const RecordId &id, size_t seed = 0)
{
    return ::qHash(id.text(), seed);
}

// A RecordId that points to a record of type T.
template <class T>
class Ref : public RecordId
{
public:
    using Target = T;
    Ref() = default;
    Ref(const RecordId &id)
        : RecordId(id)
    {
    }
};

} // namespace keydesk

Q_DECLARE_METATYPE(keydesk::RecordId)
