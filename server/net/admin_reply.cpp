#include "net/admin_reply.h"

#include <QJsonArray>

#include <atomic>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

QJsonObject errorLine(const Error &error)
{
    return {{u"ok"_s, false},
            {u"error"_s,
             QJsonObject{{u"code"_s, errorCodeName(error.code())},
                         {u"reason"_s, error.key()},
                         {u"args"_s, QJsonArray::fromStringList(error.args)},
                         {u"message"_s, error.text()},
                         {u"detail"_s, error.detail}}}};
}

} // namespace

struct AdminReply::State
{
    explicit State(Sink way)
        : sink(std::move(way))
    {
    }
    ~State()
    {
        if (!finished)
            sink(errorLine(Error("unknown"_reason, {u"no answer"_s})));
    }
    Q_DISABLE_COPY_MOVE(State)

    const Sink sink;
    std::atomic_bool finished = false;
};

AdminReply::AdminReply(Sink sink)
    : m_state(std::make_shared<State>(std::move(sink)))
{
}

void AdminReply::progress(const QJsonObject &state) const
{
    if (!m_state->finished)
        m_state->sink({{u"progress"_s, state}});
}

void AdminReply::finish(const Result<QJsonObject> &answer) const
{
    if (m_state->finished.exchange(true))
        return;
    m_state->sink(answer ? QJsonObject{{u"ok"_s, true}, {u"answer"_s, *answer}}
                         : errorLine(answer.error()));
}

} // namespace keydesk
