#include "net/service_notice.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>

namespace keydesk {

void notifyServiceManager(const QByteArray &state)
{
    QByteArray path = qgetenv("NOTIFY_SOCKET");
    sockaddr_un address{};
    if (path.size() < 2 || std::size_t(path.size()) >= sizeof address.sun_path)
        return;
    if (path.startsWith('@')) // the abstract namespace
        path[0] = '\0';
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(), std::size_t(path.size()));
    const auto size = socklen_t(offsetof(sockaddr_un, sun_path) + std::size_t(path.size()));
    (void)::sendto(socket, state.constData(), std::size_t(state.size()), MSG_NOSIGNAL,
                   reinterpret_cast<const sockaddr *>(&address), size);
    ::close(socket);
}

} // namespace keydesk
