#include "protocol/cbor.h"

namespace keydesk {

void CborReader::fail(const QString &why)
{
    if (m_ok)
        m_problem = QStringLiteral("%1 at byte %2").arg(why).arg(m_reader.currentOffset());
    m_ok = false;
}

bool CborReader::enter(bool map)
{
    if (!m_ok)
        return false;
    if (map ? !m_reader.isMap() : !m_reader.isArray()) {
        fail(map ? QStringLiteral("expected a map") : QStringLiteral("expected an array"));
        return false;
    }
    if (!m_reader.enterContainer())
        fail(m_reader.lastError().toString());
    return m_ok;
}

void CborReader::leave()
{
    if (m_ok && !m_reader.leaveContainer())
        fail(m_reader.lastError().toString());
}

qint64 CborReader::integer()
{
    if (!m_ok)
        return 0;
    if (!m_reader.isInteger()) {
        fail(QStringLiteral("expected an integer"));
        return 0;
    }
    // A value beyond 63 bits is no value of ours: it would change its sign when converted.
    const bool fits = m_reader.isUnsignedInteger()
        ? m_reader.toUnsignedInteger() <= quint64(std::numeric_limits<qint64>::max())
        : quint64(m_reader.toNegativeInteger()) <= quint64(std::numeric_limits<qint64>::max()) + 1;
    const qint64 value = fits ? m_reader.toInteger() : 0;
    if (!fits || !m_reader.next())
        fail(QStringLiteral("integer out of range"));
    return value;
}

bool CborReader::boolean()
{
    if (!m_ok)
        return false;
    if (!m_reader.isBool()) {
        fail(QStringLiteral("expected a boolean"));
        return false;
    }
    const bool value = m_reader.toBool();
    if (!m_reader.next())
        fail(m_reader.lastError().toString());
    return value;
}

QString CborReader::text()
{
    if (!m_ok)
        return {};
    if (!m_reader.isString()) {
        fail(QStringLiteral("expected text"));
        return {};
    }
    QString value;
    auto chunk = m_reader.readString();
    while (chunk.status == QCborStreamReader::Ok) {
        value += chunk.data;
        chunk = m_reader.readString();
    }
    if (chunk.status == QCborStreamReader::Error)
        fail(QStringLiteral("bad text"));
    // An empty text and no text differ in SQL: keep the empty one non-null.
    return value.isNull() ? QStringLiteral("") : value;
}

QByteArray CborReader::bytes()
{
    if (!m_ok)
        return {};
    if (!m_reader.isByteArray()) {
        fail(QStringLiteral("expected bytes"));
        return {};
    }
    QByteArray value;
    auto chunk = m_reader.readByteArray();
    while (chunk.status == QCborStreamReader::Ok) {
        value += chunk.data;
        chunk = m_reader.readByteArray();
    }
    if (chunk.status == QCborStreamReader::Error)
        fail(QStringLiteral("bad bytes"));
    return value;
}

Cell CborReader::cell()
{
    if (!m_ok)
        return {};
    if (m_reader.isInteger())
        return integer();
    if (m_reader.isString())
        return text();
    if (m_reader.isByteArray())
        return bytes();
    if (m_reader.isNull()) {
        m_reader.next();
        return {};
    }
    fail(QStringLiteral("expected a value"));
    return {};
}

void CborReader::skip()
{
    if (m_ok && !m_reader.next())
        fail(m_reader.lastError().toString());
}

void writeCell(QCborStreamWriter &writer, const Cell &cell)
{
    if (cell.isInteger())
        writer.append(cell.integer());
    else if (cell.isText())
        writer.append(QStringView(cell.text()));
    else if (cell.isBytes())
        writer.append(cell.bytes());
    else
        writer.append(nullptr);
}

} // namespace keydesk
