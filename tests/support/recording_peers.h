#pragma once

#include "net/connection.h"
#include "net/peer_handler.h"

#include <QList>

#include <functional>

namespace keydesk::test {

// What all peers of a listener said and how they ended, in order; answers by `reply` if it is set.
class RecordingPeers final : public PeerFactory
{
public:
    std::unique_ptr<PeerHandler> createHandler(Connection &connection) override
    {
        ++opened;
        last = &connection;
        return std::make_unique<Handler>(*this, connection);
    }
    QByteArray farewell(const Error &why) override { return "bye " + why.key().toUtf8(); }

    std::function<void(Connection &, const QByteArray &)> reply;
    QByteArrayList frames;
    QStringList endings; // the error keys
    int opened = 0;
    int drained = 0;
    Connection *last = nullptr; // dangles once its connection is gone

private:
    class Handler final : public PeerHandler
    {
    public:
        Handler(RecordingPeers &record, Connection &connection)
            : m_record(record)
            , m_connection(connection)
        {
        }
        void onFrame(const QByteArray &payload) override
        {
            m_record.frames.append(payload);
            if (m_record.reply)
                m_record.reply(m_connection, payload);
        }
        void onDrained() override { ++m_record.drained; }
        void onClosed(const Error &why) override { m_record.endings.append(why.key()); }

    private:
        RecordingPeers &m_record;
        Connection &m_connection;
    };
};

} // namespace keydesk::test
