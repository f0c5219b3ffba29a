#pragma once

#include "base/cell.h"
#include "base/result.h"

#include <QCborStreamReader>
#include <QCborStreamWriter>

#include <limits>

namespace keydesk {

// Careful reading of CBOR that comes from outside: definite types only, every step checked, nothing
// reserved from a claimed length. After the first mismatch every call answers an empty value and
// ok() is false. (reliability.md F5: never QCborValue for such bytes.)
class CborReader
{
public:
    explicit CborReader(const QByteArray &bytes)
        : m_reader(bytes)
    {
    }

    bool ok() const { return m_ok; }
    /// The first problem, for the log.
    QString problem() const { return m_problem; }

    bool atMap() const { return m_ok && m_reader.isMap(); }
    bool atArray() const { return m_ok && m_reader.isArray(); }
    bool atNull() const { return m_ok && m_reader.isNull(); }
    qint64 integer();
    bool boolean();
    QString text();
    QByteArray bytes();
    Cell cell();
    /// Enters an array or a map and calls `element` once per element (per key of a map); the callee
    /// reads exactly one element (the value of that key). At most `limit` elements.
    template <class F>
    void array(F element, qsizetype limit = 1'000'000);
    template <class F>
    void textMap(F entry, qsizetype limit = 4096);
    template <class F>
    void integerMap(F entry, qsizetype limit = 256);
    /// Passes over one value of any kind.
    void skip();
    void fail(const QString &why);

private:
    bool enter(bool map);
    void leave();

    QCborStreamReader m_reader;
    bool m_ok = true;
    QString m_problem;
};

template <class F>
void CborReader::array(F element, qsizetype limit)
{
    if (!enter(false))
        return;
    qsizetype count = 0;
    while (m_ok && m_reader.hasNext()) {
        if (++count > limit)
            return fail(QStringLiteral("array too long"));
        element();
    }
    leave();
}

template <class F>
void CborReader::textMap(F entry, qsizetype limit)
{
    if (!enter(true))
        return;
    qsizetype count = 0;
    while (m_ok && m_reader.hasNext()) {
        if (++count > limit)
            return fail(QStringLiteral("map too long"));
        const QString key = text();
        if (m_ok)
            entry(key);
    }
    leave();
}

template <class F>
void CborReader::integerMap(F entry, qsizetype limit)
{
    if (!enter(true))
        return;
    qsizetype count = 0;
    while (m_ok && m_reader.hasNext()) {
        if (++count > limit)
            return fail(QStringLiteral("map too long"));
        const qint64 key = integer();
        if (m_ok)
            entry(key);
    }
    leave();
}

void writeCell(QCborStreamWriter &writer, const Cell &cell);

} // namespace keydesk
