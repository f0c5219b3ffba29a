// What becomes of refused commands that are tried again, and of everything that depends on them.

#include "sync/outbox.h"

#include "base/fault.h"
#include "sync/bracket.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// The new command's id is derived from the old one's; the numbers from 0 on are its records'.
constexpr int nextTry = -1;

// The time in an id, which a new command keeps from the old one: who was given before whom.
QStringView birthOf(const CommandCall &call)
{
    return QStringView(call.id.text()).left(13);
}

// As they are listed, but none before the one that makes a record it speaks of: who was refused
// once more stands behind those that waited for him.
std::vector<Outbox::Retry> makersFirst(const std::vector<Outbox::Retry> &listed)
{
    std::map<QString, std::size_t> makers;
    for (std::size_t i = 0; i < listed.size(); ++i) {
        for (int k = 0; k < mostMadeRecords; ++k)
            makers[RecordId::derive(listed[i].call.id, k).text()] = i;
    }
    std::vector<Outbox::Retry> ordered;
    std::vector<bool> placed(listed.size());
    const std::function<void(std::size_t)> place = [&](std::size_t i) {
        if (placed[i])
            return;
        placed[i] = true;
        const auto placeMakersOf = [&](const std::map<QString, Cell> &values) {
            for (const auto &[name, value] : values) {
                const auto maker = makers.find(value.text());
                if (maker != makers.end())
                    place(maker->second);
            }
        };
        placeMakersOf(listed[i].call.arguments.values);
        for (const auto &[name, set] : listed[i].call.arguments.sets)
            placeMakersOf(set);
        ordered.push_back(listed[i]);
    };
    for (std::size_t i = 0; i < listed.size(); ++i)
        place(i);
    return ordered;
}

} // namespace

std::vector<Outbox::Retry> Outbox::retriesOf(const Chosen &chosen) const
{
    const RenewedIds before = renewedIds();
    std::vector<Retry> refused;
    for (const Rejected &entry : rejected()) {
        Retry &retry = refused.emplace_back(Retry{entry.localNo, entry.call});
        const auto asked = chosen.find(entry.localNo);
        if (asked != chosen.end() && asked->second)
            retry.call.arguments = *asked->second;
        (void)before.follow(retry.call.arguments);
    }
    std::vector<Retry> retries;
    RenewedIds renewed;
    for (Retry &retry : makersFirst(refused)) {
        if (!renewed.follow(retry.call.arguments) && !chosen.contains(retry.localNo))
            continue;
        const RecordId old = std::exchange(retry.call.id, RecordId::derive(retry.call.id, nextTry));
        renewed.add(old, retry.call.id);
        retries.push_back(std::move(retry));
    }
    return retries;
}

Result<> Outbox::retry(const std::vector<Retry> &retries, Instant now)
{
    Bracket bracket(m_database);
    return bracket.commit(requeue(retries, now));
}

Result<> Outbox::requeue(const std::vector<Retry> &retries, Instant now)
{
    const qint64 firstNew = nextLocalNo();
    References moved;
    for (const Retry &retry : retries) {
        const auto old = rejected(retry.localNo);
        if (!old)
            return Error("record.not_found"_reason);
        if (auto queued = append(retry.call, now); !queued)
            return queued.error();
        auto done = dismiss(retry.localNo);
        if (done)
            done = noteRenewal(old->call.id, retry.call.id, now);
        if (!done)
            return done;
        moved.add(References(old->call));
        moved.add(References(retry.call));
    }
    if (fault::planted(fault::RetryLeavesPending))
        return {};
    auto done = moveBehind(retries, firstNew, moved);
    return done ? followRefused() : done;
}

Result<> Outbox::noteRenewal(const RecordId &old, const RecordId &fresh, Instant now)
{
    // What spoke of a still older one is to speak of the newest.
    auto done = m_database.query("UPDATE renewed SET fresh=? WHERE fresh=?")
                    .bind(1, fresh)
                    .bind(2, old)
                    .run();
    if (!done)
        return done;
    return m_database.query("INSERT OR REPLACE INTO renewed(old, fresh, at) VALUES(?,?,?)")
        .bind(1, old)
        .bind(2, fresh)
        .bind(3, now.ms)
        .run();
}

RenewedIds Outbox::renewedIds() const
{
    RenewedIds renewed;
    Query query = m_database.query("SELECT old, fresh FROM renewed");
    while (query.next())
        renewed.add(RecordId(query.text(0)), RecordId(query.text(1)));
    return renewed;
}

// Kept while anything here may still speak of the old records.
Result<> Outbox::forgetRenewals(qint64 before)
{
    return m_database
        .query("DELETE FROM renewed WHERE at<? AND NOT EXISTS(SELECT 1 FROM queue) AND NOT "
               "EXISTS(SELECT 1 FROM rejected)")
        .bind(1, before)
        .run();
}

// What was never sent, was given later and speaks of the same records goes behind them, in its
// order. It keeps its id: after a new enrolment the server may know it, and must not do it twice.
// What was sent waits for its refusal and follows then (settleRejected).
Result<> Outbox::moveBehind(const std::vector<Retry> &retries, qint64 firstNew,
                            const References &moved)
{
    const RenewedIds renewed = renewedIds();
    const auto first = std::min_element(retries.begin(), retries.end(),
                                        [](const Retry &a, const Retry &b) {
                                            return birthOf(a.call) < birthOf(b.call);
                                        });
    References together = moved;
    for (Entry &entry : entries()) {
        if (entry.localNo >= firstNew || entry.n > 0 || entry.applied)
            continue;
        const References own(entry.call);
        const bool follows = renewed.follow(entry.call.arguments);
        const bool later = first != retries.end() && birthOf(entry.call) > birthOf(first->call);
        if (!follows && !(later && own.needs(together)))
            continue;
        if (auto done = moveToEnd(entry); !done)
            return done;
        together.add(own);
        together.add(References(entry.call));
    }
    return {};
}

Result<> Outbox::moveToEnd(const Entry &entry)
{
    auto done = m_database
                    .query("INSERT INTO queue(cmd_id, type, ver, args, created, accepted) SELECT "
                           "cmd_id, type, ver, ?, created, accepted FROM queue WHERE local_no=?")
                    .bind(1, entry.call.arguments.toCbor())
                    .bind(2, entry.localNo)
                    .run();
    if (!done)
        return done;
    return m_database.query("DELETE FROM queue WHERE local_no=?").bind(1, entry.localNo).run();
}

// Refused ones that stay in the list speak of the new records from now on.
Result<> Outbox::followRefused()
{
    const RenewedIds renewed = renewedIds();
    for (Rejected &entry : rejected()) {
        if (!renewed.follow(entry.call.arguments))
            continue;
        if (auto done = rewriteRefused(entry.localNo, entry.call.arguments); !done)
            return done;
    }
    return {};
}

Result<> Outbox::rewriteRefused(qint64 localNo, const Arguments &arguments)
{
    return m_database.query("UPDATE rejected SET args=? WHERE local_no=?")
        .bind(1, arguments.toCbor())
        .bind(2, localNo)
        .run();
}

} // namespace keydesk
