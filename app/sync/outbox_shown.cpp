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

Result<> Outbox::blankShown(const Shows &shows)
{
    m_remains = true; // what has left the tables since the last scrub counts as well
    Bracket bracket(m_database);
    auto done = blankIn("answered WHERE local_no>?", 0, shows);
    if (done)
        done = blankIn("rejected WHERE local_no>?", 0, shows);
    return bracket.commit(done);
}

Result<> Outbox::scrubBytes()
{
    auto done = m_database.truncateLog();
    m_remains = !done;
    return done;
}

/// In the rows that `rows` names, a table and a condition on `number`.
Result<> Outbox::blankIn(const QByteArray &rows, qint64 number, const Shows &shows)
{
    if (!shows)
        return {};
    std::vector<std::pair<qint64, Arguments>> blanked;
    Query query = m_database.query("SELECT local_no, args FROM " + rows
                                   + " AND instr(args, CAST('seen' AS BLOB))>0");
    query.bind(1, number);
    while (query.next()) {
        const QByteArray stored = query.bytes(1);
        auto arguments = Arguments::fromCbor(stored, stored.size());
        if (arguments && blank(*arguments, shows))
            blanked.emplace_back(query.integer(0), std::move(*arguments));
    }
    if (query.error())
        return *query.error();
    query.reset();
    m_remains = m_remains || !blanked.empty();
    const QByteArray table = rows.left(rows.indexOf(' '));
    for (const auto &[localNo, arguments] : blanked) {
        auto done = m_database.query("UPDATE " + table + " SET args=? WHERE local_no=?")
                        .bind(1, arguments.toCbor())
                        .bind(2, localNo)
                        .run();
        if (!done)
            return done;
    }
    return {};
}

} // namespace keydesk
