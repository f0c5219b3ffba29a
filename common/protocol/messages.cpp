#include "protocol/messages.h"

namespace keydesk {

QByteArray encodeMessage(const Message &message)
{
    QByteArray payload;
    QCborStreamWriter writer(&payload);
    writer.startArray(2);
    std::visit(
        [&](const auto &body) {
            writer.append(qint64(std::remove_cvref_t<decltype(body)>::type));
            wire::write(writer, body);
        },
        message);
    writer.endArray();
    return payload;
}

namespace {

template <std::size_t I = 0>
bool readBody(CborReader &reader, qint64 type, Message &message)
{
    if constexpr (I < std::variant_size_v<Message>) {
        using Body = std::variant_alternative_t<I, Message>;
        if (Body::type == type) {
            Body body;
            wire::read(reader, body);
            message = std::move(body);
            return true;
        }
        return readBody<I + 1>(reader, type, message);
    }
    return false;
}

} // namespace

Result<Message> decodeMessage(const QByteArray &payload)
{
    CborReader reader(payload);
    Message message;
    qint64 type = 0;
    int part = 0;
    reader.array(
        [&] {
            if (part++ == 0) {
                type = reader.integer();
                return;
            }
            if (!readBody(reader, type, message))
                reader.fail(QStringLiteral("unknown message %1").arg(type));
        },
        2);
    if (part != 2)
        reader.fail(QStringLiteral("a message has a type and a body"));
    if (!reader.ok())
        return Error("protocol.malformed"_reason, {reader.problem()});
    return message;
}

} // namespace keydesk
