#pragma once

#include "base/clock.h"
#include "protocol/message_codec.h"

#include <variant>

namespace keydesk {

// The messages between desktop and server (sync.md, "Messages"). A frame is a CBOR array
// [type, body]. Types and keys are append-only.

constexpr int protocolVersion = 1;

// How much of a row a grant shows (sync.md, "Shape" 6). The order is the rank.
enum class Profile { None = 0, Masked = 1, Full = 2 };

// Desktop -> server, first message, before login.
struct Hello
{
    static constexpr int type = 1;
    int protocolMin = protocolVersion;
    int protocolMax = protocolVersion;
    QString appVersion;
    QString deviceId; // empty while the PC is not enrolled
    qint64 bootCounter = 0;
    QString epoch;
    qint64 cursor = 0;
    qint64 lastAckedN = 0;
    static constexpr std::tuple members{Member{1, &Hello::protocolMin},
                                        Member{2, &Hello::protocolMax},
                                        Member{3, &Hello::appVersion},
                                        Member{4, &Hello::deviceId},
                                        Member{5, &Hello::bootCounter},
                                        Member{6, &Hello::epoch},
                                        Member{7, &Hello::cursor},
                                        Member{8, &Hello::lastAckedN}};
};

struct Challenge
{
    static constexpr int type = 2;
    QByteArray nonce; // 32 bytes
    Instant serverTime;
    int protocol = protocolVersion;
    QString epoch;
    static constexpr std::tuple members{Member{1, &Challenge::nonce},
                                        Member{2, &Challenge::serverTime},
                                        Member{3, &Challenge::protocol},
                                        Member{4, &Challenge::epoch}};
};

// Makes this PC a device of the person the one-time code was issued to; or, on a PC where somebody
// is enrolled already, of the person who gives staff number and password there: then without a
// code, with that other device and its signature (AuthTranscript::forNewDevice).
struct Enrol
{
    static constexpr int type = 3;
    QString code;
    QByteArray publicKey; // Ed25519
    QString platform;
    QString user = {};
    QString password = {};
    QString hostDevice = {};
    QByteArray signature = {};
    static constexpr std::tuple members{Member{1, &Enrol::code},     Member{2, &Enrol::publicKey},
                                        Member{3, &Enrol::platform}, Member{4, &Enrol::user},
                                        Member{5, &Enrol::password}, Member{6, &Enrol::hostDevice},
                                        Member{7, &Enrol::signature}};
};

struct Enrolled
{
    static constexpr int type = 4;
    QString deviceId;
    QString userCode;
    static constexpr std::tuple members{Member{1, &Enrolled::deviceId},
                                        Member{2, &Enrolled::userCode}};
};

// Signs in: by password, or by a token that works with this device's key only. The signature covers
// nonce, server certificate, device and token (protocol/auth_transcript.h).
struct Auth
{
    static constexpr int type = 5;
    QString user;
    QString password;
    QString tokenId;
    QByteArray tokenSecret;
    QByteArray signature;
    static constexpr std::tuple members{Member{1, &Auth::user}, Member{2, &Auth::password},
                                        Member{3, &Auth::tokenId}, Member{4, &Auth::tokenSecret},
                                        Member{5, &Auth::signature}};
};

struct Welcome
{
    static constexpr int type = 6;
    QString userId;
    QString tokenId; // empty when the old token stays
    QByteArray tokenSecret;
    Instant leaseUntil;
    Instant serverTime;
    QString epoch;
    qint64 head = 0;
    qint64 lastN = 0;
    static constexpr std::tuple members{Member{1, &Welcome::userId},
                                        Member{2, &Welcome::tokenId},
                                        Member{3, &Welcome::tokenSecret},
                                        Member{4, &Welcome::leaseUntil},
                                        Member{5, &Welcome::serverTime},
                                        Member{6, &Welcome::epoch},
                                        Member{7, &Welcome::head},
                                        Member{8, &Welcome::lastN}};
};

struct Refused
{
    static constexpr int type = 7;
    QString reason;
    QStringList args;
    qint64 retryAfterMs = 0;
    static constexpr std::tuple members{Member{1, &Refused::reason}, Member{2, &Refused::args},
                                        Member{3, &Refused::retryAfterMs}};
};

struct EntityColumns
{
    QString entity;
    QStringList columns;
    static constexpr std::tuple members{Member{1, &EntityColumns::entity},
                                        Member{2, &EntityColumns::columns}};
};

// The columns this desktop knows: rows travel as arrays in this order. Names are the contract.
struct Columns
{
    static constexpr int type = 8;
    std::vector<EntityColumns> entities;
    static constexpr std::tuple members{Member{1, &Columns::entities}};
};

struct Cmd
{
    static constexpr int type = 9;
    qint64 n = 0;
    RecordId cmdId;
    QString command;
    int version = 1;
    QByteArray args; // Arguments::toCbor
    Instant clientTime;
    static constexpr std::tuple members{Member{1, &Cmd::n},       Member{2, &Cmd::cmdId},
                                        Member{3, &Cmd::command}, Member{4, &Cmd::version},
                                        Member{5, &Cmd::args},    Member{6, &Cmd::clientTime}};
};

struct CmdResult
{
    static constexpr int type = 10;
    enum Status { Applied = 0, Rejected = 1, Gap = 2, RetryLater = 3, Stale = 4 };
    qint64 n = 0;
    int status = Applied;
    QString reason;
    QStringList args; // ids, field names, who came before: never what a record says
    qint64 seq = 0; // Gap: the number the server expects
    static constexpr std::tuple members{Member{1, &CmdResult::n}, Member{2, &CmdResult::status},
                                        Member{3, &CmdResult::reason}, Member{4, &CmdResult::args},
                                        Member{5, &CmdResult::seq}};
};

struct Poke
{
    static constexpr int type = 12;
    qint64 head = 0;
    static constexpr std::tuple members{Member{1, &Poke::head}};
};

struct KnownBucket
{
    QString bucket;
    int profile = 0;
    static constexpr std::tuple members{Member{1, &KnownBucket::bucket},
                                        Member{2, &KnownBucket::profile}};
    bool operator==(const KnownBucket &) const = default;
};

// Asks for the next page. Carries the whole state of the round, so that any server process can
// answer. `known` are the buckets whose rows are complete; `current` is the one being loaded and
// `key` the last row of it that arrived.
struct Pull
{
    static constexpr int type = 13;
    QString epoch;
    qint64 position = 0;
    bool knownOmitted = false; // true: `knownHash` names the list sent last on this connection
    quint64 knownHash = 0;
    std::vector<KnownBucket> known;
    KnownBucket current;
    QString key;
    QStringList verify; // buckets whose sums are wanted with the last page
    int maxBytes = 256 * 1024;
    qint64 request = 0; // repeated in the page
    static constexpr std::tuple members{Member{1, &Pull::epoch},        Member{2, &Pull::position},
                                        Member{3, &Pull::knownOmitted}, Member{4, &Pull::knownHash},
                                        Member{5, &Pull::known},        Member{6, &Pull::current},
                                        Member{7, &Pull::key},          Member{8, &Pull::verify},
                                        Member{9, &Pull::maxBytes},     Member{10, &Pull::request}};
};

struct BucketSum
{
    QString bucket;
    qint64 count = 0;
    quint64 sum = 0;
    static constexpr std::tuple members{Member{1, &BucketSum::bucket}, Member{2, &BucketSum::count},
                                        Member{3, &BucketSum::sum}};
};

struct Page
{
    static constexpr int type = 14;
    QString epoch;
    bool needKnown = false; // the list named by knownHash is not here: pull again with it
    QByteArray items; // protocol/page_items.h
    qint64 position = 0;
    KnownBucket current;
    QString key;
    qint64 head = 0;
    bool done = false;
    qint64 lastN = 0;
    std::vector<BucketSum> sums;
    qint64 rowsTotal = 0; // rows of all granted buckets, for progress
    qint64 request = 0; // of the Pull this answers
    static constexpr std::tuple members{Member{1, &Page::epoch},      Member{2, &Page::needKnown},
                                        Member{3, &Page::items},      Member{4, &Page::position},
                                        Member{5, &Page::current},    Member{6, &Page::key},
                                        Member{7, &Page::head},       Member{8, &Page::done},
                                        Member{9, &Page::lastN},      Member{10, &Page::sums},
                                        Member{11, &Page::rowsTotal}, Member{12, &Page::request}};
};

// One condition of an online search.
struct Condition
{
    QString field;
    QString op; // "=", "!=", "<", "<=", ">", ">=", "contains"
    Cell value;
    static constexpr std::tuple members{Member{1, &Condition::field}, Member{2, &Condition::op},
                                        Member{3, &Condition::value}};
};

// An online search within the sender's own scope: by telephone number, by text, by conditions.
struct OnlineQuery
{
    static constexpr int type = 15;
    qint64 request = 0;
    QString entity;
    QString phone;
    QString text;
    std::vector<Condition> where;
    int limit = 50; // at most 200
    static constexpr std::tuple members{Member{1, &OnlineQuery::request},
                                        Member{2, &OnlineQuery::entity},
                                        Member{3, &OnlineQuery::phone},
                                        Member{4, &OnlineQuery::text},
                                        Member{5, &OnlineQuery::where},
                                        Member{6, &OnlineQuery::limit}};
};

struct OnlineReply
{
    static constexpr int type = 16;
    qint64 request = 0;
    QString reason; // empty: answered
    QStringList args;
    QString entity;
    std::vector<std::vector<Cell>> rows; // in the order of the desktop's Columns
    static constexpr std::tuple members{Member{1, &OnlineReply::request},
                                        Member{2, &OnlineReply::reason},
                                        Member{3, &OnlineReply::args},
                                        Member{4, &OnlineReply::entity},
                                        Member{5, &OnlineReply::rows}};
};

struct Ping
{
    static constexpr int type = 17;
    static constexpr std::tuple<> members{};
};

struct Pong
{
    static constexpr int type = 18;
    Instant serverTime;
    static constexpr std::tuple members{Member{1, &Pong::serverTime}};
};

struct Bye
{
    static constexpr int type = 19;
    QString reason;
    QStringList args;
    static constexpr std::tuple members{Member{1, &Bye::reason}, Member{2, &Bye::args}};
};

// Server -> desktop, after Welcome or at any time: hand over what is queued, then destroy all that
// is held here and say WipeDone (reliability.md, "Revocation and wipe").
struct Wipe
{
    static constexpr int type = 20;
    static constexpr std::tuple<> members{};
};

// Desktop -> server: the files are gone. The last message of that device.
struct WipeDone
{
    static constexpr int type = 21;
    static constexpr std::tuple<> members{};
};

using Message =
    std::variant<Hello, Challenge, Enrol, Enrolled, Auth, Welcome, Refused, Columns, Cmd, CmdResult,
                 Poke, Pull, Page, OnlineQuery, OnlineReply, Ping, Pong, Bye, Wipe, WipeDone>;

/// A frame's payload for any message.
QByteArray encodeMessage(const Message &message);
/// Errors: protocol.malformed, also for an unknown type.
Result<Message> decodeMessage(const QByteArray &payload);

} // namespace keydesk
