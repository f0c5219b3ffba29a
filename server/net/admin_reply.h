#pragma once

#include "base/result.h"

#include <QJsonObject>

#include <functional>
#include <memory>

namespace keydesk {

// The way back to who asked on the admin socket: any number of progress lines, then one answer.
// Cheap to copy, safe to use from any thread, and harmless when the asker has gone or the last copy
// goes without an answer (the asker is told so).
class AdminReply
{
public:
    /// Takes one line, an object without its newline; called in any thread.
    using Sink = std::function<void(const QJsonObject &line)>;

    explicit AdminReply(Sink sink);

    /// "How far": anything the command-line tool can show. Dropped when the asker reads too slowly.
    void progress(const QJsonObject &state) const;
    /// The end, well or not. Later calls do nothing.
    void finish(const Result<QJsonObject> &answer) const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace keydesk
