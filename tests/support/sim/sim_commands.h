#pragma once

#include "commands/registry.h"

namespace keydesk::sim {

// What the world does to the records in a history: sets fields of any row, server-owned and removed
// ones too, or makes the row. For the server's own jobs only.
class SimSet final : public Command
{
public:
    static constexpr const char *name = "SimSet";
    static constexpr Label label{"模拟", "Simulate"};
    static constexpr OfflinePolicy offline = OfflinePolicy::OnlineOnly;

    QString entity;
    RecordId record;
    FieldValues values;
    static constexpr std::tuple args{Arg{"entity", &SimSet::entity}, Arg{"record", &SimSet::record},
                                     Arg{"values", &SimSet::values}};

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;

private:
    Result<> stampFormer(CommandContext &context, const EntityInfo &info, const Row &before,
                         const Row &after) const;
};

// Makes a contact of a customer. The server refuses every other one, by its id, so that histories
// are full of records that were to be made and of commands on them.
class SimMake final : public Command
{
public:
    static constexpr const char *name = "SimMake";
    static constexpr Label label{"模拟", "Simulate"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;

    RecordId account;
    QString title;
    static constexpr std::tuple args{Arg{"account", &SimMake::account},
                                     Arg{"title", &SimMake::title}};

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// Writes a row and then asks of the database what it refuses: an incident, of which nothing stays.
class SimBreak final : public Command
{
public:
    static constexpr const char *name = "SimBreak";
    static constexpr Label label{"模拟", "Simulate"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;
    static constexpr std::tuple<> args{};

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// Appends one tag to two opportunities: a command whose halves must never be seen apart.
class SimPair : public Command
{
public:
    static constexpr const char *name = "SimPair";
    static constexpr Label label{"模拟", "Simulate"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;

    RecordId first;
    RecordId second;
    static constexpr std::tuple args{Arg{"first", &SimPair::first},
                                     Arg{"second", &SimPair::second}};

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// The same in a later program, which calls one of the two by another name: SimPair@2.
class LaterPair final : public SimPair
{
public:
    static constexpr std::tuple args{Arg{"first", &LaterPair::first},
                                     Arg{"other", &LaterPair::second}};
    static constexpr std::array<Upcaster, 1> upcasters{[](Arguments arguments) {
        if (auto second = arguments.values.extract(QStringLiteral("second"))) {
            second.key() = QStringLiteral("other");
            arguments.values.insert(std::move(second));
        }
        return arguments;
    }};
};

} // namespace keydesk::sim
