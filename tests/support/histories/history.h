#pragma once

#include <QString>
#include <QStringList>

#include <limits>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace keydesk::blackbox {

/// Later than anything: when an operation ends whose answer never came.
constexpr qint64 never = std::numeric_limits<qint64>::max();

enum class Outcome { Open, Ok, Failed };

/// What a command asks for, as far as a checker has to know.
enum class Act { Append, Claim, Release, GiveBack, GiveOut, Edit, Assign };

// One command of one device, from the moment it was handed over until its verdict was known. An
// answer that never came leaves it open to the end of the history: it may have taken effect at any
// time since, or never (reliability.md 3.2).
struct Operation
{
    int process = 0; // the device
    Act act = Act::Append;
    QStringList keys; // what it touches: one record or, for an append, several lists
    QString value; // what it writes; unique in the history where it writes text
    QString actor; // the person
    QString seen; // an edit: the value it was based on
    qint64 invoked = 0; // ns, monotonic
    qint64 accepted = never; // when the desktop had it for good
    qint64 ended = never;
    Outcome outcome = Outcome::Open;
    bool local = false; // refused at the desk: the server never heard of it
    QString reason; // of the refusal
    QString holder; // whom the refusal names as the owner
};

// All that a device showed at one moment, read in one transaction of its replica.
struct Checkpoint
{
    int process = 0;
    qint64 at = 0; // ns, monotonic, before the read
    qint64 position = 0; // the server's sequence number it stands at
    std::map<QString, QStringList> base; // key -> values as the server sent them
    std::map<QString, QStringList> shown; // the same with what is still on its way
};

// One value in the server's own order, known after the end.
struct Element
{
    QString key;
    QString value;
    QString before; // an edit: what stood there
    qint64 version = 0; // sequence number of its commit
};

struct History
{
    std::vector<Operation> operations;
    std::vector<Checkpoint> checkpoints; // by time
    std::vector<Element> master; // by version
    std::map<QString, QString> initial; // key -> value before the first operation
    QStringList people; // of each process
    QStringList overseers; // persons whom no assignment limits
};

// Something that must not be, by its name in reliability.md 3.2, and where it was seen.
struct Anomaly
{
    QString name;
    QString story;
};
using Anomalies = std::vector<Anomaly>;

namespace anomaly {
constexpr auto lostWrite = u"lost write";
constexpr auto duplicateEffect = u"duplicate effect";
constexpr auto dirtyWrite = u"G0 dirty write";
constexpr auto lostUpdate = u"lost update";
constexpr auto abortedRead = u"G1a aborted read";
constexpr auto intermediateRead = u"G1b intermediate read";
constexpr auto circularFlow = u"G1c circular information flow";
constexpr auto singleAnti = u"G-single";
constexpr auto antiCycle = u"G2";
constexpr auto nonMonotonicRead = u"non-monotonic read";
constexpr auto staleRead = u"stale read";
constexpr auto splitOwnership = u"split ownership";
constexpr auto realTime = u"real-time violation";
constexpr auto outsideScope = u"outside scope";
constexpr auto missingInScope = u"missing in scope";
constexpr auto residue = u"residue";
constexpr auto noResult = u"no result";
} // namespace anomaly

inline Anomaly found(const char16_t *name, const QString &story)
{
    return {QString::fromUtf16(name), story};
}

inline void join(Anomalies &all, Anomalies more)
{
    for (Anomaly &one : more)
        all.push_back(std::move(one));
}

} // namespace keydesk::blackbox
