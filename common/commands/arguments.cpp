#include "commands/arguments.h"

#include "protocol/cbor.h"

#include <QJsonValue>

namespace keydesk {

namespace {

void writeValues(QCborStreamWriter &writer, const std::map<QString, Cell> &values)
{
    for (const auto &[name, value] : values) {
        writer.append(QStringView(name));
        writeCell(writer, value);
    }
}

Result<Cell> cellFromJson(const QString &command, const QString &name, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return Cell();
    case QJsonValue::Bool:
        return Cell(qint64(value.toBool() ? 1 : 0));
    case QJsonValue::String:
        return Cell(value.toString());
    case QJsonValue::Double:
        if (value.toDouble() == double(value.toInteger()))
            return Cell(value.toInteger());
        break;
    default:
        break;
    }
    return Error("command.malformed"_reason,
                 {command, name,
                  QStringLiteral("text, whole number, true, false or null expected")});
}

QJsonValue jsonFromCell(const Cell &cell)
{
    if (cell.isInteger())
        return QJsonValue(cell.integer());
    return cell.isText() ? QJsonValue(cell.text()) : QJsonValue();
}

} // namespace

QByteArray Arguments::toCbor() const
{
    QByteArray bytes;
    QCborStreamWriter writer(&bytes);
    writer.startMap(values.size() + sets.size());
    writeValues(writer, values);
    for (const auto &[name, set] : sets) {
        writer.append(QStringView(name));
        writer.startMap(set.size());
        writeValues(writer, set);
        writer.endMap();
    }
    writer.endMap();
    return bytes;
}

Result<Arguments> Arguments::fromCbor(const QByteArray &bytes, qsizetype most)
{
    if (bytes.size() > most)
        return Error("protocol.malformed"_reason, {QStringLiteral("arguments over 64 KiB")});
    Arguments arguments;
    CborReader reader(bytes);
    reader.textMap([&](const QString &name) {
        if (arguments.values.contains(name) || arguments.sets.contains(name))
            return reader.fail(QStringLiteral("double key"));
        if (!reader.atMap()) {
            arguments.values[name] = reader.cell();
            return;
        }
        FieldValues &set = arguments.sets[name];
        reader.textMap([&](const QString &field) {
            if (set.contains(field))
                return reader.fail(QStringLiteral("double key"));
            set[field] = reader.cell();
        });
    });
    if (!reader.ok())
        return Error("protocol.malformed"_reason, {reader.problem()});
    return arguments;
}

QJsonObject Arguments::toJson() const
{
    QJsonObject object;
    for (const auto &[name, value] : values)
        object.insert(name, jsonFromCell(value));
    for (const auto &[name, set] : sets) {
        QJsonObject nested;
        for (const auto &[field, value] : set)
            nested.insert(field, jsonFromCell(value));
        object.insert(name, nested);
    }
    return object;
}

Result<Arguments> Arguments::fromJson(const QString &command, const QJsonObject &object)
{
    Arguments arguments;
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        if (!entry.value().isObject()) {
            auto cell = cellFromJson(command, entry.key(), entry.value());
            if (!cell)
                return cell.error();
            arguments.values[entry.key()] = *cell;
            continue;
        }
        const QJsonObject nested = entry.value().toObject();
        FieldValues &set = arguments.sets[entry.key()];
        for (auto field = nested.begin(); field != nested.end(); ++field) {
            auto cell = cellFromJson(command, entry.key() + QLatin1Char('.') + field.key(),
                                     field.value());
            if (!cell)
                return cell.error();
            set[field.key()] = *cell;
        }
    }
    return arguments;
}

} // namespace keydesk
