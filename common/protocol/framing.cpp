#include "protocol/framing.h"

#include <QtEndian>

#include <cstring>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {
constexpr qsizetype headerSize = 4;
}

QByteArray encodeFrame(QByteArrayView payload)
{
    Q_ASSERT(!payload.isEmpty() && payload.size() <= framePayloadMaximum);
    QByteArray frame(headerSize + payload.size(), Qt::Uninitialized);
    qToBigEndian<quint32>(quint32(payload.size()), frame.data());
    std::memcpy(frame.data() + headerSize, payload.data(), size_t(payload.size()));
    return frame;
}

FrameDecoder::FrameDecoder(Preface preface, qsizetype maximumPayload)
    : m_maximumPayload(maximumPayload)
    , m_prefacePending(preface == Preface::Expected)
{
}

void FrameDecoder::feed(QByteArrayView bytes)
{
    if (!m_failure)
        m_buffer.append(bytes);
}

Result<std::optional<QByteArray>> FrameDecoder::next()
{
    if (m_failure)
        return *m_failure;
    if (m_prefacePending) {
        // A wrong first byte is refused at once: who speaks another protocol may never send four.
        const qsizetype seen = qMin(buffered(), framingPrefaceSize);
        if (QByteArrayView(m_buffer).sliced(m_start, seen) != QByteArrayView(framingPreface, seen))
            return fail(u"preface"_s);
        if (seen < framingPrefaceSize)
            return std::optional<QByteArray>();
        m_start += framingPrefaceSize;
        m_prefacePending = false;
    }
    if (buffered() < headerSize) {
        dropConsumed();
        return std::optional<QByteArray>();
    }
    const qsizetype length = qFromBigEndian<quint32>(m_buffer.constData() + m_start);
    if (length == 0)
        return fail(u"empty frame"_s);
    if (length > m_maximumPayload)
        return fail(u"frame of %1 > %2 bytes"_s.arg(length).arg(m_maximumPayload));
    if (buffered() < headerSize + length) {
        dropConsumed();
        return std::optional<QByteArray>();
    }
    std::optional<QByteArray> payload = m_buffer.mid(m_start + headerSize, length);
    m_start += headerSize + length;
    return payload;
}

Error FrameDecoder::fail(const QString &what)
{
    m_failure = Error("protocol.malformed"_reason, {what});
    m_buffer = {};
    m_start = 0;
    return *m_failure;
}

// Only when a frame is incomplete: many small frames in one read are not moved once each.
void FrameDecoder::dropConsumed()
{
    m_buffer.remove(0, m_start);
    m_start = 0;
}

} // namespace keydesk
