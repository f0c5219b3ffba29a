#pragma once

#include "base/cell.h"
#include "base/result.h"
#include "schema/value.h"

#include <QJsonObject>

#include <optional>
#include <tuple>

namespace keydesk {

// The arguments of a command with their types erased: what the queue keeps, the wire carries and a
// script writes. Plain values, and sets of field values (a form's content, a patch).
class Arguments
{
public:
    std::map<QString, Cell> values;
    std::map<QString, FieldValues> sets;

    bool operator==(const Arguments &) const = default;

    /// Most bytes of toCbor() that the server takes (sync.md, "Messages").
    static constexpr qsizetype maxBytes = 64 * 1024;
    /// Deterministic CBOR: a map of names to values; a set is a nested map.
    QByteArray toCbor() const;
    /// Errors: protocol.malformed. Refuses double keys, other types and more bytes than `most`.
    static Result<Arguments> fromCbor(const QByteArray &bytes, qsizetype most = maxBytes);

    QJsonObject toJson() const;
    /// JSON text, number, boolean, null and one level of nested objects. Errors: command.malformed.
    static Result<Arguments> fromJson(const QString &command, const QJsonObject &object);
};

// One line of a command's argument table: `Arg{"opportunity", &ClaimOpportunity::opportunity}`.
enum class Need { Required, Optional };
template <class C, class M>
struct Arg
{
    constexpr Arg(const char *argName, M C::*argMember, Need argNeed = Need::Required)
        : name(argName)
        , member(argMember)
        , need(argNeed)
    {
    }
    const char *name;
    M C::*member;
    Need need;
};

/// The command's members as Arguments, by its table C::args.
template <class C>
Arguments argumentsOf(const C &command)
{
    Arguments arguments;
    const auto write = [&](const auto &arg) {
        using M = std::remove_cvref_t<decltype(command.*(arg.member))>;
        const QString name = QString::fromLatin1(arg.name);
        if constexpr (std::is_same_v<M, FieldValues>) {
            arguments.sets[name] = command.*(arg.member);
        } else {
            const Cell cell = ValueTraits<M>::toCell(command.*(arg.member));
            if (!cell.isNull())
                arguments.values[name] = cell;
        }
    };
    std::apply([&](const auto &...arg) { (write(arg), ...); }, C::args);
    return arguments;
}

/// Fills the members of a command. A missing required argument and one that the command does not
/// have answer command.malformed.
template <class C>
Result<> readArguments(C &command, const Arguments &arguments)
{
    std::optional<Error> problem;
    std::size_t known = 0;
    const auto read = [&](const auto &arg) {
        using M = std::remove_cvref_t<decltype(command.*(arg.member))>;
        const QString name = QString::fromLatin1(arg.name);
        bool present = false;
        if constexpr (std::is_same_v<M, FieldValues>) {
            if (const auto found = arguments.sets.find(name); found != arguments.sets.end()) {
                command.*(arg.member) = found->second;
                present = true;
            }
        } else if (const auto found = arguments.values.find(name);
                   found != arguments.values.end()) {
            present = true;
            command.*(arg.member) = ValueTraits<M>::fromCell(found->second);
            if (ValueTraits<M>::toCell(command.*(arg.member)) != found->second
                && !found->second.isEmpty())
                problem = Error("command.malformed"_reason,
                                {QString::fromLatin1(C::name), name, found->second.text()});
        }
        known += present ? 1 : 0;
        if (!present && arg.need == Need::Required && !problem)
            problem = Error("command.malformed"_reason,
                            {QString::fromLatin1(C::name), name, QStringLiteral("missing")});
    };
    std::apply([&](const auto &...arg) { (read(arg), ...); }, C::args);
    if (!problem && known != arguments.values.size() + arguments.sets.size())
        problem = Error("command.malformed"_reason,
                        {QString::fromLatin1(C::name), QString(),
                         QStringLiteral("unknown argument")});
    if (problem)
        return *problem;
    return {};
}

} // namespace keydesk
