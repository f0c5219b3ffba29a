#pragma once

#include "base/result.h"

#include <QByteArray>

namespace keydesk {

// Where a server listens: a host name or IP address (IPv6 without brackets) and a port.
struct ServerAddress
{
    QString host;
    quint16 port = 0;

    /// "host:port", an IPv6 address in brackets.
    QString toString() const;
    /// The reverse; enrol.string_malformed (detail says which part) when a host or port is missing
    /// or cannot be one.
    static Result<ServerAddress> parse(QStringView text);

    bool operator==(const ServerAddress &) const = default;
};

// What an administrator hands to a person so that a new device finds the server, knows it for the
// right one, and is let in once. Holds the parts; it connects to nothing.
struct Enrolment
{
    ServerAddress server;
    QByteArray pin; // SHA-256 of the CA's SubjectPublicKeyInfo, 32 bytes
    QString code; // one-time, valid for 24 hours

    /// keydesk://host:port/#<hex pin>/<code>
    QString toString() const;
    /// Reads such a string; white space around it and hex of either case are forgiven, nothing
    /// else: enrol.string_malformed, with the part that is wrong in the detail.
    static Result<Enrolment> parse(QStringView text);

    bool operator==(const Enrolment &) const = default;
};

} // namespace keydesk
