#pragma once

#include "support/histories/desk.h"
#include "support/tcp_proxy.h"

namespace keydesk::blackbox {

// The office of one history: a real server, and desktops each behind a wire of its own. Ends only
// what it started.
struct Site
{
    ServerProcess *server = nullptr;
    std::vector<std::unique_ptr<TcpProxy>> wires;
    std::vector<std::unique_ptr<Desk>> desks;
};

// Does one kind of harm to a site, again and again, and undoes it.
class Nemesis
{
public:
    enum class Kind { KillServer, StopServer, CutLines, OneWay, Trickle, KillDesktop };
    static constexpr int kinds = 6;
    static QString nameOf(Kind kind);

    Nemesis(Kind kind, Site &site, quint32 seed)
        : m_kind(kind)
        , m_site(site)
        , m_random(seed)
    {
    }
    ~Nemesis() { heal(); }
    Nemesis(const Nemesis &) = delete;
    Nemesis &operator=(const Nemesis &) = delete;

    /// False when what was ended did not start again.
    bool strike();
    bool heal();
    int strikes() const { return m_strikes; }

private:
    void harm(TcpProxy &wire);
    bool pauseServer(bool stop) const;

    const Kind m_kind;
    Site &m_site;
    QRandomGenerator m_random;
    int m_strikes = 0;
    bool m_harmed = false;
};

} // namespace keydesk::blackbox
