#pragma once

#include "commands/arguments.h"
#include "commands/command.h"

#include <span>

namespace keydesk {

// A command on its way: its type, arguments and name for ever. What outbox, wire and log handle.
struct CommandCall
{
    RecordId id;
    QString type;
    int version = 1;
    Arguments arguments;
};

// Turns the arguments of one version of a command into those of the next. Total: what makes no
// sense is refused where the arguments are read.
using Upcaster = Arguments (*)(Arguments);

// One command the product knows. A command struct C has:
//   static constexpr const char *name;   its type on the wire, append-only
//   static constexpr Label label;        what a button or the queue calls it
//   static constexpr OfflinePolicy offline;
//   static constexpr std::tuple args;    its argument table
// and, once its arguments have changed by more than optional ones:
//   static constexpr std::array<Upcaster, N> upcasters;   from version 1 to 2, from 2 to 3, ..; its
//                                                         version is N + 1
struct CommandType
{
    QString name;
    int version;
    Label label;
    OfflinePolicy offline;
    Result<std::unique_ptr<Command>> (*make)(const Arguments &);
    std::span<const Upcaster> upcasters = {};
};

template <class C>
constexpr std::span<const Upcaster> upcastersOf()
{
    if constexpr (requires { C::upcasters; })
        return C::upcasters;
    else
        return {};
}

/// The version of C's arguments that this program writes.
template <class C>
constexpr int versionOf()
{
    return int(upcastersOf<C>().size()) + 1;
}

template <class C>
CommandType commandType()
{
    return {QString::fromLatin1(C::name),
            versionOf<C>(),
            C::label,
            C::offline,
            [](const Arguments &arguments) -> Result<std::unique_ptr<Command>> {
                auto command = std::make_unique<C>();
                if (auto read = readArguments(*command, arguments); !read)
                    return read.error();
                return std::unique_ptr<Command>(std::move(command));
            },
            upcastersOf<C>()};
}

/// A call of command C with a fresh id from this machine.
template <class C>
CommandCall callOf(const C &command)
{
    return {RecordId::create(), QString::fromLatin1(C::name), versionOf<C>(), argumentsOf(command)};
}

// The explicit list of commands. An unknown type and a version to come are refused with
// command.unknown; what an older program wrote is understood for ever.
class CommandRegistry
{
public:
    explicit CommandRegistry(std::vector<CommandType> types)
        : m_types(std::move(types))
    {
    }
    const std::vector<CommandType> &types() const { return m_types; }
    const CommandType *find(const QString &name) const;
    /// The call as this program would write it. Errors: command.unknown.
    Result<CommandCall> upcast(CommandCall call) const;
    Result<std::unique_ptr<Command>> make(const CommandCall &call) const;

private:
    std::vector<CommandType> m_types;
};

/// Every command of Keydesk (commands/registry.cpp is the list).
CommandRegistry makeCommandRegistry();

} // namespace keydesk
