#pragma once

#include "dispatch/dispatch.h"

#include <functional>

namespace keydesk::sim {

// The server's own Dispatch, watched: a reaction that fails is a fault of the history, or a
// finding.
class WatchedDispatch final : public Reactions
{
public:
    /// Asked after each success; true makes it a failure, so that all of it is undone.
    using Spoiler = std::function<bool()>;
    /// Told of each failure that the spoiler did not ask for.
    using Failed = std::function<void(const CommandCall &call, const Error &error)>;

    WatchedDispatch(RowStore &store, const WorkCalendar &calendar, Spoiler spoiler, Failed failed)
        : m_dispatch(store, calendar)
        , m_spoiler(std::move(spoiler))
        , m_failed(std::move(failed))
    {
    }
    Result<> afterCommand(CommandContext &context, const CommandCall &call) override
    {
        auto done = m_dispatch.afterCommand(context, call);
        if (!done)
            m_failed(call, done.error());
        else if (m_spoiler())
            return Error("unknown"_reason, {QStringLiteral("spoilt by the history")});
        return done;
    }
    Result<> afterFailure(CommandContext &context, const CommandCall &call,
                          const Error &error) override
    {
        auto done = m_dispatch.afterFailure(context, call, error);
        if (!done)
            m_failed(call, done.error());
        return done;
    }

private:
    Dispatch m_dispatch;
    const Spoiler m_spoiler;
    const Failed m_failed;
};

} // namespace keydesk::sim
