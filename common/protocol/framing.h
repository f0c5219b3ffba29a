#pragma once

#include "base/result.h"

#include <QByteArray>

#include <optional>

namespace keydesk {

/// The first bytes a client sends on a connection, once, before its first frame.
inline constexpr char framingPreface[] = "KDK1";
inline constexpr qsizetype framingPrefaceSize = 4;
/// Largest payload a server takes from somebody who has not logged in (sync.md, "Messages").
inline constexpr qsizetype framePayloadBeforeLogin = 4 * 1024;
/// Largest payload afterwards: a page of 256 KiB and room for its envelope.
inline constexpr qsizetype framePayloadMaximum = 256 * 1024 + 4 * 1024;

/// A frame as it travels: 4 bytes of length, big-endian, then the payload (1..framePayloadMaximum
/// bytes; anything else is a bug of the caller).
QByteArray encodeFrame(QByteArrayView payload);

// Cuts a stream of bytes into frames. Holds no more than it was fed, whatever length a peer claims,
// and knows nothing of what a payload means. After the first error it stays in error.
class FrameDecoder
{
public:
    enum class Preface { Expected, None };

    FrameDecoder(Preface preface, qsizetype maximumPayload);

    /// Changes the cap for frames that next() has not yet handed out, as login does.
    void setMaximumPayload(qsizetype bytes) { m_maximumPayload = bytes; }
    /// Takes bytes in the order they arrived, in pieces of any size.
    void feed(QByteArrayView bytes);
    /// The next whole payload, nothing when more bytes are needed, or protocol.malformed for a
    /// wrong preface, an empty frame or one above the cap.
    Result<std::optional<QByteArray>> next();
    /// Bytes fed and not yet handed out; never more than one frame once next() has said "nothing".
    qsizetype buffered() const { return m_buffer.size() - m_start; }

private:
    Error fail(const QString &what);
    void dropConsumed();

    QByteArray m_buffer;
    qsizetype m_start = 0;
    qsizetype m_maximumPayload;
    bool m_prefacePending;
    std::optional<Error> m_failure;
};

} // namespace keydesk
