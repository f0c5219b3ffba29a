#pragma once

#include <QByteArray>

namespace keydesk {

/// Tells the service manager that started us how things stand ("READY=1", "WATCHDOG=1",
/// "STOPPING=1"): one datagram to the socket in NOTIFY_SOCKET. Without such a manager nothing
/// happens, and a failure is nobody's concern.
void notifyServiceManager(const QByteArray &state);

} // namespace keydesk
