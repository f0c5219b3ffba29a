#pragma once

#include "base/clock.h"
#include "base/record_id.h"
#include "protocol/cbor.h"

#include <QStringList>

#include <set>
#include <tuple>

namespace keydesk {

// One line of a message's member table: the integer key it has on the wire (append-only) and the
// member. Messages are CBOR maps with integer keys; unknown keys are skipped, double ones refused.
template <class T, class M>
struct Member
{
    constexpr Member(int memberKey, M T::*memberPointer)
        : key(memberKey)
        , pointer(memberPointer)
    {
    }
    int key;
    M T::*pointer;
};

namespace wire {

inline void write(QCborStreamWriter &writer, qint64 value)
{
    writer.append(value);
}
inline void write(QCborStreamWriter &writer, int value)
{
    writer.append(qint64(value));
}
inline void write(QCborStreamWriter &writer, quint64 value)
{
    writer.append(qint64(value));
}
inline void write(QCborStreamWriter &writer, bool value)
{
    writer.append(value);
}
inline void write(QCborStreamWriter &writer, const QString &value)
{
    writer.append(QStringView(value));
}
inline void write(QCborStreamWriter &writer, const QByteArray &value)
{
    writer.append(value);
}
inline void write(QCborStreamWriter &writer, const RecordId &value)
{
    write(writer, value.text());
}
inline void write(QCborStreamWriter &writer, Instant value)
{
    writer.append(value.ms);
}
inline void write(QCborStreamWriter &writer, const Cell &value)
{
    writeCell(writer, value);
}

inline void read(CborReader &reader, qint64 &value)
{
    value = reader.integer();
}
inline void read(CborReader &reader, int &value)
{
    const qint64 wide = reader.integer();
    if (wide != qint64(int(wide)))
        reader.fail(QStringLiteral("integer out of range"));
    value = int(wide);
}
inline void read(CborReader &reader, quint64 &value)
{
    value = quint64(reader.integer());
}
inline void read(CborReader &reader, bool &value)
{
    value = reader.boolean();
}
inline void read(CborReader &reader, QString &value)
{
    value = reader.text();
}
inline void read(CborReader &reader, QByteArray &value)
{
    value = reader.bytes();
}
inline void read(CborReader &reader, RecordId &value)
{
    value = RecordId(reader.text());
}
inline void read(CborReader &reader, Instant &value)
{
    value.ms = reader.integer();
}
inline void read(CborReader &reader, Cell &value)
{
    value = reader.cell();
}

template <class T>
concept Composite = requires
{
    T::members;
};

template <Composite T>
void write(QCborStreamWriter &writer, const T &message);
template <Composite T>
void read(CborReader &reader, T &message);

template <class T>
void write(QCborStreamWriter &writer, const std::vector<T> &values)
{
    writer.startArray(quint64(values.size()));
    for (const T &value : values)
        write(writer, value);
    writer.endArray();
}
template <class T>
void read(CborReader &reader, std::vector<T> &values)
{
    reader.array([&] {
        T value{};
        read(reader, value);
        values.push_back(std::move(value));
    });
}
inline void write(QCborStreamWriter &writer, const QStringList &values)
{
    writer.startArray(quint64(values.size()));
    for (const QString &value : values)
        write(writer, value);
    writer.endArray();
}
inline void read(CborReader &reader, QStringList &values)
{
    reader.array([&] { values.append(reader.text()); });
}

template <Composite T>
void write(QCborStreamWriter &writer, const T &message)
{
    writer.startMap(std::tuple_size_v<decltype(T::members)>);
    std::apply(
        [&](const auto &...member) {
            ((writer.append(qint64(member.key)), write(writer, message.*(member.pointer))), ...);
        },
        T::members);
    writer.endMap();
}

template <Composite T>
void read(CborReader &reader, T &message)
{
    std::set<qint64> seen;
    reader.integerMap([&](qint64 key) {
        if (!seen.insert(key).second)
            return reader.fail(QStringLiteral("double key"));
        bool known = false;
        const auto readMember = [&](const auto &member) {
            if (member.key == key) {
                known = true;
                read(reader, message.*(member.pointer));
            }
        };
        std::apply([&](const auto &...member) { (readMember(member), ...); }, T::members);
        if (!known)
            reader.skip();
    });
}

} // namespace wire
} // namespace keydesk
