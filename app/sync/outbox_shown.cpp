// What the server had told is not kept beside the text of whoever may not see it any more.

#include "sync/outbox.h"

#include "sync/bracket.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

const QString seenSet = u"seen"_s;

// Of what such a set says about the call's record (EditRecord, AnswerInfo): what is shown stays.
bool blank(Arguments &arguments, const Outbox::Shows &shows)
{
    const auto value = [&](const QString &name) {
        const auto found = arguments.values.find(name);
        return found == arguments.values.end() ? QString() : found->second.text();
    };
    const auto seen = arguments.sets.find(seenSet);
    if (seen == arguments.sets.end())
        return false;
    const bool named = !value(u"entity"_s).isEmpty();
    const QString entity = named ? value(u"entity"_s) : u"opportunity"_s;
    const RecordId record(value(named ? u"record"_s : u"opportunity"_s));
    return std::erase_if(seen->second,
                         [&](const auto &field) { return !shows(entity, record, field.first); })
        > 0;
}

} // namespace

// Who may not see the record any more keeps what he typed, not what the server had told him.
Result<> Outbox::blankSeen(qint64 localNo)
{
    auto entry = rejected(localNo);
    if (!entry || !blank(entry->call.arguments, [](auto &&...) { return false; }))
        return {};
    return rewriteRefused(localNo, entry->call.arguments);
}

Result<> Outbox::blankShown(const Shows &shows)
{
    int blanked = 0;
    Bracket bracket(m_database);
    for (const char *table : {"answered", "rejected"}) {
        const auto count = blankShownIn(table, shows);
        if (!count)
            return bracket.commit(count.error());
        blanked += *count;
    }
    if (auto committed = bracket.commit({}); !committed || blanked == 0)
        return committed;
    return scrubBytes();
}

Result<int> Outbox::blankShownIn(const QByteArray &table, const Shows &shows)
{
    std::vector<std::pair<qint64, Arguments>> blanked;
    Query query = m_database.query("SELECT local_no, args FROM " + table
                                   + " WHERE instr(args, CAST('seen' AS BLOB))>0");
    while (query.next()) {
        const QByteArray stored = query.bytes(1);
        auto arguments = Arguments::fromCbor(stored, stored.size());
        if (arguments && blank(*arguments, shows))
            blanked.emplace_back(query.integer(0), std::move(*arguments));
    }
    query.reset();
    for (const auto &[localNo, arguments] : blanked) {
        auto done = m_database.query("UPDATE " + table + " SET args=? WHERE local_no=?")
                        .bind(1, arguments.toCbor())
                        .bind(2, localNo)
                        .run();
        if (!done)
            return done.error();
    }
    return int(blanked.size());
}

} // namespace keydesk
