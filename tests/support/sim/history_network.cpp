#include "support/sim/history.h"

// The lines of a history: frames that are late, lost or doubled, connections that die on one side,
// and somebody who speaks the protocol in any order.

namespace keydesk::sim {

using namespace Qt::StringLiterals;

void History::connect(SimClient &client)
{
    client.giveCode();
    auto wire = std::make_shared<Wire>();
    wire->peer = std::make_shared<PeerSession>(*m_server, *wire);
    if (m_watch)
        wire->sniff = [this, user = client.user()](const QByteArray &payload) {
            if (m_violation.isEmpty())
                m_violation = m_watch->sent(user, payload, m_server->latestCut());
        };
    m_server->sessions.push_back(wire->peer);
    client.port().wire = wire;
    client.port().closeAsked = false;
    note("connect");
    mortal(&client,
           [&] { client.session().connected(QByteArray(32, 'c'), client.clock(m_real.now())); });
}

void History::cut(SimClient &client)
{
    // The server may not notice: what was on its way still arrives there.
    if (auto wire = std::exchange(client.port().wire, nullptr)) {
        if (chance(50))
            m_lostWires.push_back(wire);
        else
            wire->peer->detach();
    }
    client.port().closeAsked = false;
    note("cut");
    client.session().disconnected();
}

void History::deliver(SimClient &client)
{
    if (!client.isRunning())
        return;
    const auto wire = client.port().wire;
    if (!wire)
        return connect(client);
    const bool up = wire->toClient.empty() || (!wire->toServer.empty() && chance(50));
    auto &line = up ? wire->toServer : wire->toClient;
    if (line.empty() || client.line.clogged || (!up && client.line.slow && chance(85)))
        return;
    QByteArray frame = line.front();
    line.pop_front();
    if (chance(m_faults.dropPercent) || (up ? client.line.upLost : client.line.downLost)) {
        note("drop", quint64(frame.size()));
        return;
    }
    if (chance(m_faults.doublePercent))
        line.push_front(frame);
    note(up ? "up" : "down", quint64(frame.size()));
    if (up) {
        if (wire->serverOpen)
            mortal(nullptr, [&] { wire->deliver(frame, m_atServer); });
        return;
    }
    m_atDesktops.add(typeOf(frame), int(client.session().status().state));
    noteVerdict(client, frame);
    mortal(&client, [&] {
        client.session().receive(frame, client.clock(m_real.now()));
        if (chance(70)) // else more comes together with it
            client.session().rest(client.clock(m_real.now()));
    });
    afterClient(client);
}

void History::noteVerdict(SimClient &client, const QByteArray &frame)
{
    if (typeOf(frame) != CmdResult::type)
        return;
    const auto message = decodeMessage(frame);
    const auto *result = message ? std::get_if<CmdResult>(&*message) : nullptr;
    if (!result || (result->status != CmdResult::Applied && result->status != CmdResult::Rejected))
        return;
    if (std::exchange(client.verdictsOf, client.device()) != client.device())
        client.verdicts.clear(); // enrolled anew: its numbers begin anew
    const bool applied = result->status == CmdResult::Applied;
    const auto [known, fresh] = client.verdicts.try_emplace(result->n, applied);
    if (!fresh && known->second != applied)
        m_violation = u"G2: the verdict of %1/%2 changed"_s.arg(client.device()).arg(result->n);
}

// A frame of a connection the desktop has given up reaches the server late.
void History::deliverLate()
{
    Wire &late = *m_lostWires[std::size_t(pick(int(m_lostWires.size())))];
    if (late.toServer.empty() || !late.serverOpen)
        return;
    const QByteArray frame = late.toServer.front();
    late.toServer.pop_front();
    mortal(nullptr, [&] { late.deliver(frame, m_atServer); });
}

// One-way and whole partitions; "swizzle-clog": lines clog one after another and unclog in another
// order.
void History::lineActs()
{
    if (!m_swizzle.empty()) {
        m_swizzle.back()->line.clogged = !m_unclogs;
        m_swizzle.pop_back();
    } else if (chance(30)) {
        m_unclogs = std::any_of(m_clients.begin(), m_clients.end(),
                                [](const auto &client) { return client->line.clogged; });
        for (const auto &client : m_clients) {
            if (m_unclogs ? client->line.clogged : chance(70))
                m_swizzle.insert(m_swizzle.begin() + pick(int(m_swizzle.size()) + 1), client.get());
        }
    } else {
        Line &line = m_clients[std::size_t(pick(int(m_clients.size())))]->line;
        if (line.upLost || line.downLost) {
            line.upLost = line.downLost = false;
        } else {
            line.upLost = chance(60);
            line.downLost = !line.upLost || chance(30);
        }
    }
    note("line");
    if (chance(30))
        passTime(50 * second); // so that somebody notices
}

// ---- Somebody who knows the messages and not their order

namespace {

template <std::size_t... I>
Message blankMessage(int type, std::index_sequence<I...>)
{
    Message message;
    ((std::variant_alternative_t<I, Message>::type == type
          ? void(message = std::variant_alternative_t<I, Message>{})
          : void()),
     ...);
    return message;
}

} // namespace

Message History::wildMessage(int type)
{
    Message message = blankMessage(type, std::make_index_sequence<std::variant_size_v<Message>>{});
    const QString user = anyOf(m_stage.users);
    if (auto *hello = std::get_if<Hello>(&message)) {
        hello->bootCounter = 1;
    } else if (auto *enrol = std::get_if<Enrol>(&message)) {
        enrol->code = u"code:"_s + m_stage.users[0];
    } else if (auto *auth = std::get_if<Auth>(&message)) {
        auth->user = chance(90) ? m_stage.users[0] : user;
    } else if (auto *columns = std::get_if<Columns>(&message)) {
        *columns = ReplicaFile::columnsOf(m_stage.catalog);
    } else if (auto *pull = std::get_if<Pull>(&message)) {
        pull->epoch = chance(50) ? m_server->challenge().epoch : u"elsewhere"_s;
        pull->position = pick(200);
    } else if (auto *query = std::get_if<OnlineQuery>(&message)) {
        query->entity = u"account"_s;
    } else if (auto *command = std::get_if<Cmd>(&message)) {
        const CommandCall act = chance(60) ? hop(anyOpportunity(), nullptr) : badAct();
        *command = Cmd{chance(80) ? ++m_wildNumber : pick(5),
                       act.id,
                       act.type,
                       act.version,
                       act.arguments.toCbor(),
                       m_clock.now()};
    }
    return message;
}

void History::wildActs()
{
    if (!m_wild || !m_wild->serverOpen) {
        m_wild = std::make_shared<Wire>();
        m_wild->peer = std::make_shared<PeerSession>(*m_server, *m_wild);
        m_server->sessions.push_back(m_wild->peer);
        m_wildNumber = 0;
    }
    int type = 1 + pick(MessageCounts::types - 1);
    const bool enrolled = std::any_of(m_wild->toClient.begin(), m_wild->toClient.end(),
                                      [](const QByteArray &frame) {
                                          return typeOf(frame) == Enrolled::type;
                                      });
    if (chance(65)) {
        const std::array<int, 4> usual{Columns::type, Cmd::type, Pull::type, Cmd::type};
        type = m_wild->stage == Wire::Greeting  ? Hello::type
            : m_wild->stage == Wire::Challenged ? (enrolled ? Auth::type : Enrol::type)
            : m_wild->stage == Wire::LoggingIn  ? 0
                                                : usual[std::size_t(pick(4))];
    }
    if (type == 0)
        return;
    note("wild", quint64(type));
    const QByteArray frame = encodeMessage(wildMessage(type));
    const auto wire = m_wild;
    mortal(nullptr, [&] { wire->deliver(frame, m_atServer); });
}

} // namespace keydesk::sim
