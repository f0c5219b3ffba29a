#pragma once

#include "commands/arguments.h"
#include "commands/command.h"

namespace keydesk {

// A command on its way: its type, arguments and name for ever. What outbox, wire and log handle.
struct CommandCall
{
    RecordId id;
    QString type;
    int version = 1;
    Arguments arguments;
};

// One command the product knows. A command struct C has:
//   static constexpr const char *name;   its type on the wire, append-only
//   static constexpr Label label;        what a button or the queue calls it
//   static constexpr OfflinePolicy offline;
//   static constexpr std::tuple args;    its argument table
struct CommandType
{
    QString name;
    int version;
    Label label;
    OfflinePolicy offline;
    Result<std::unique_ptr<Command>> (*make)(const Arguments &);
};

template <class C>
CommandType commandType()
{
    return {QString::fromLatin1(C::name), 1, C::label, C::offline,
            [](const Arguments &arguments) -> Result<std::unique_ptr<Command>> {
                auto command = std::make_unique<C>();
                if (auto read = readArguments(*command, arguments); !read)
                    return read.error();
                return std::unique_ptr<Command>(std::move(command));
            }};
}

/// A call of command C with a fresh id from this machine.
template <class C>
CommandCall callOf(const C &command)
{
    return {RecordId::create(), QString::fromLatin1(C::name), 1, argumentsOf(command)};
}

// The explicit list of commands. An unknown type or version is refused with command.unknown.
class CommandRegistry
{
public:
    explicit CommandRegistry(std::vector<CommandType> types)
        : m_types(std::move(types))
    {
    }
    const std::vector<CommandType> &types() const { return m_types; }
    const CommandType *find(const QString &name) const;
    Result<std::unique_ptr<Command>> make(const CommandCall &call) const;

private:
    std::vector<CommandType> m_types;
};

/// Every command of Keydesk (commands/registry.cpp is the list).
CommandRegistry makeCommandRegistry();

} // namespace keydesk
