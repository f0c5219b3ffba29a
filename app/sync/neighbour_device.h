#pragma once

#include "sync/device_key.h"

#include <QString>

#include <optional>

namespace keydesk {

// The device of another person on this PC. It vouches for somebody who signs in here for the first
// time, so that a seat that changes hands needs no enrolment string per person (sync.md, Enrol).
struct NeighbourDevice
{
    QString deviceId;
    DeviceKey key;

    /// One that was enrolled at the server with this pin, in a folder beside `directory`; nothing
    /// if there is none. Reads the other folder only.
    static std::optional<NeighbourDevice> beside(const QString &directory, const QByteArray &pin);
};

} // namespace keydesk
