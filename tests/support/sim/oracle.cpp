#include "support/sim/oracle.h"

namespace keydesk::sim {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(const std::pair<QString, QString> &key)
{
    return key.first + u'/' + key.second;
}

QString holdersOf(ReplicaFile &file, const std::pair<QString, QString> &key)
{
    QStringList buckets;
    Query query = file.database().query("SELECT bucket FROM row_bucket WHERE tbl=? AND id=?");
    query.bind(1, key.first).bind(2, key.second);
    while (query.next())
        buckets.append(query.text(0));
    return buckets.join(u' ');
}

// What a masked reader may get of a cell: the policy of reliability.md in the oracle's own words.
bool masksLeak(const FieldInfo &field, const Cell &shown, const Cell &real)
{
    if (real.isEmpty())
        return false;
    if (field.has(FieldFlag::Confidential))
        return !shown.isNull();
    return field.has(FieldFlag::Personal) && real.text().size() > 1 && shown == real;
}

} // namespace

QString Oracle::text(const QString &table, const Row &row, const char *column) const
{
    const EntityInfo &entity = m_catalog.entity(table);
    const int index = entity.indexOf(QString::fromLatin1(column));
    const bool known = index >= 0 && std::size_t(index) < row.size();
    return known ? row[std::size_t(index)].text() : QString();
}

qint64 Oracle::number(const QString &table, const Row &row, const char *column) const
{
    const EntityInfo &entity = m_catalog.entity(table);
    const int index = entity.indexOf(QString::fromLatin1(column));
    const bool known = index >= 0 && std::size_t(index) < row.size();
    return known ? row[std::size_t(index)].integer() : 0;
}

const Row *Oracle::find(const Cut &cut, const char *table, const QString &id) const
{
    const auto found = cut.rows.find({QString::fromLatin1(table), id});
    return found == cut.rows.end() ? nullptr : found->second.get();
}

QString Oracle::checkReplica(SimClient &client, const SimServer &server) const
{
    ReplicaFile &file = *client.replica().current();
    const qint64 cursor = file.cursor();
    if (std::exchange(client.epoch, file.epoch()) != file.epoch())
        client.highestCursor = 0;
    if (cursor < client.highestCursor)
        return u"G6: checkpoint went back from %1 to %2"_s.arg(client.highestCursor).arg(cursor);
    client.highestCursor = cursor;
    if (!file.hasOwnColumns())
        return {}; // judged when it was made, by an older program
    const auto cut = server.cutAt(file.epoch(), cursor);
    if (!cut && server.wasRestored())
        return {}; // of the story that was put back
    if (!cut)
        return u"G5: checkpoint %1 is no commit boundary"_s.arg(cursor);
    const auto lastN = cut->lastN.find(client.device());
    const qint64 serverN = lastN == cut->lastN.end() ? 0 : lastN->second;
    if (file.lastN() != serverN)
        return u"G5: last_n %1 is not %2 as in cut %3"_s.arg(file.lastN()).arg(serverN).arg(cursor);
    return checkPicture(file, client.user(), *cut);
}

QString Oracle::checkNews(SimClient &client, const SimServer &server) const
{
    ReplicaFile &file = *client.replica().current();
    const QString wrong = checkPicture(file, client.user(), server.latest());
    return wrong.isEmpty() ? QString() : u"G7: not told of the last news: %1"_s.arg(wrong);
}

QString Oracle::checkPicture(ReplicaFile &file, const QString &user, const Cut &cut) const
{
    const Viewer who = viewer(cut, user);
    const Base base = baseOf(file);
    for (const auto &[key, row] : base) {
        QString wrong = row ? checkRow(cut, who, file, key, *row) : QString();
        if (!wrong.isEmpty())
            return wrong;
    }
    for (const auto &[key, row] : cut.rows) {
        const auto here = base.find(key);
        const bool held = (here != base.end() && here->second)
            || !file.catalog().find(key.first); // of a later program
        if (!held && profileOf(who, key.first, *row) != Profile::None)
            return u"G5: %1 is missing on %2 at %3"_s.arg(nameOf(key), user).arg(file.cursor());
    }
    return {};
}

// Takes the previews away: the oldest pre-image of each row is its base.
Oracle::Base Oracle::baseOf(ReplicaFile &file) const
{
    Base base;
    Query images = file.database().query("SELECT tbl, id, body FROM preimage ORDER BY local_no");
    while (images.next()) {
        const std::pair key{images.text(0), images.text(1)};
        if (base.contains(key))
            continue;
        base[key] = images.isNull(2)
            ? std::nullopt
            : std::optional(unpackRow(file.catalog().entity(key.first), images.bytes(2)));
    }
    for (const EntityInfo &entity : file.catalog().entities()) {
        for (Row &row : file.store().select(entity, "1")) {
            const std::pair key{entity.name(), row[common_column::Id].text()};
            base.try_emplace(key, std::move(row));
        }
    }
    return base;
}

// One row of a replica against the server's at the same cut.
QString Oracle::checkRow(const Cut &cut, const Viewer &who, ReplicaFile &file,
                         const std::pair<QString, QString> &key, const Row &row) const
{
    const auto real = cut.rows.find(key);
    if (real == cut.rows.end())
        return u"G9: %1 is on the device and not on the server at %2"_s.arg(nameOf(key))
            .arg(file.cursor());
    const Profile profile = profileOf(who, key.first, *real->second);
    if (profile == Profile::None)
        return u"G8: %1 is outside the scope of %2 at %3, held through %4"_s
            .arg(nameOf(key), who.user)
            .arg(file.cursor())
            .arg(holdersOf(file, key));
    const EntityInfo &entity = file.catalog().entity(key.first);
    for (int i = 0; i < entity.fieldCount(); ++i) {
        const FieldInfo &field = entity.fields()[std::size_t(i)];
        const Cell &shown = row[std::size_t(i)];
        // The server may be the one that does not know a column.
        const bool there = std::size_t(i) < real->second->size();
        const Cell is = there ? (*real->second)[std::size_t(i)] : Cell();
        if (isMasked(field, profile) ? masksLeak(field, shown, is) : shown != is)
            return u"G5: %1.%2 differs at cut %3 under profile %4: \"%5\" here, \"%6\" there"_s
                .arg(nameOf(key), field.name)
                .arg(file.cursor())
                .arg(int(profile))
                .arg(shown.isInteger() ? QString::number(shown.integer()) : shown.text(),
                     is.isInteger() ? QString::number(is.integer()) : is.text());
    }
    return {};
}

namespace {

// What was on its way when the person sent again what it needs is refused and goes on by itself, as
// another command with the text of the first.
bool wentOn(const QString &command, const std::vector<std::unique_ptr<SimClient>> &clients)
{
    for (const auto &client : clients) {
        if (!client->isRunning())
            continue;
        Arguments speaksOfIt;
        speaksOfIt.values[u"record"_s] = Cell(RecordId::derive(RecordId(command), 0).text());
        if (client->outbox().renewedIds().follow(speaksOfIt))
            client->retried.insert(command);
    }
    return std::any_of(clients.begin(), clients.end(),
                       [&](const auto &client) { return client->retried.contains(command); });
}

} // namespace

QString Oracle::checkEffects(const std::vector<std::unique_ptr<SimClient>> &clients,
                             SimServer &server) const
{
    const Cut &cut = server.latest();
    // Every tagged command leaves "#<command id>;" in a text: at most once, and only if applied.
    std::map<QString, bool> applied;
    Query results = server.database().query("SELECT cmd_id, status FROM cmd_result");
    while (results.next())
        applied[results.text(0)] = results.integer(1) == CmdResult::Applied;
    // What was sent again as another command still carries the tag of the first.
    for (const auto &client : clients) {
        for (const QString &id : client->retried)
            applied[id] = true;
    }
    for (const auto &[key, row] : cut.rows) {
        if (key.first != u"opportunity")
            continue;
        if (text(key.first, *row, "custody_state") == u"claimed"
            && text(key.first, *row, "owner_id").isEmpty())
            return u"G11: claimed without an owner: "_s + key.second;
        QStringList tags = text(key.first, *row, "need_summary").split(u'#');
        tags.removeFirst(); // what stood there at first
        for (QString &tag : tags)
            tag = tag.section(u';', 0, 0);
        tags.sort();
        for (qsizetype i = 0; i < tags.size(); ++i) {
            if (i > 0 && tags[i] == tags[i - 1])
                return u"G2: effect of %1 happened twice"_s.arg(tags[i]);
            if ((!applied.contains(tags[i]) || !applied[tags[i]]) && !wentOn(tags[i], clients))
                return u"G2: command %1 was not applied and has an effect"_s.arg(tags[i]);
        }
    }
    for (const auto &client : clients) {
        if (!client->isRunning() || client->line.broken)
            continue;
        if (client->outbox().pendingCount() > 0)
            return u"G10: a command was never answered on "_s + client->user();
        QString wrong = checkPromises(*client, applied, clients);
        if (wrong.isEmpty() && client->replica().isReadable())
            wrong = checkWords(*client->replica().current());
        if (!wrong.isEmpty())
            return wrong;
    }
    QString wrong = checkAnswers(server);
    if (wrong.isEmpty())
        wrong = checkNumbers(server);
    return wrong.isEmpty() ? checkDangling(server) : wrong;
}

QString Oracle::checkOwnWrites(SimClient &client) const
{
    if (client.verdictsOf != client.device() || !client.replica().isReadable())
        return {};
    const qint64 covered = client.replica().current()->lastN();
    for (auto verdict = client.verdicts.upper_bound(covered); verdict != client.verdicts.end();
         ++verdict) {
        if (verdict->second && !client.outbox().localNoOf(verdict->first))
            return u"G6: %1/%2 was applied and is neither queued nor at checkpoint"_s
                .arg(client.device())
                .arg(verdict->first);
    }
    return {};
}

// Each command that was taken is applied by now, or listed as refused, or was put aside or sent
// again as another.
QString Oracle::checkPromises(SimClient &client, const std::map<QString, bool> &answered,
                              const Clients &clients) const
{
    std::set<QString> listed;
    for (const Outbox::Rejected &entry : client.outbox().rejected())
        listed.insert(entry.call.id.text());
    for (const QString &id : client.promised) {
        const auto answer = answered.find(id);
        const bool applied = answer != answered.end() && answer->second;
        if (!applied && !listed.contains(id) && !client.dismissed.contains(id)
            && !wentOn(id, clients))
            return u"G10: command %1 of %2 is gone without a word"_s.arg(id, client.user());
    }
    return {};
}

// Each device's numbers have no holes, and each answer its line in the audit trail (G3, G12).
QString Oracle::checkAnswers(SimServer &server) const
{
    Query holes = server.database().query(
        "SELECT d.id, d.last_n, count(r.n) FROM device d LEFT JOIN cmd_result r ON r.device=d.id "
        "GROUP BY d.id HAVING d.last_n<>count(r.n) OR (count(r.n)>0 AND max(r.n)<>count(r.n))");
    if (holes.next())
        return u"G3: device %1 stands at %2 with %3 answers"_s.arg(holes.text(0))
            .arg(holes.integer(1))
            .arg(holes.integer(2));
    Query unnoted = server.database().query(
        "SELECT r.device, r.n FROM cmd_result r LEFT JOIN audit a ON a.seq=r.seq AND "
        "a.device=r.device GROUP BY r.device, r.n HAVING count(a.pos)<>1 LIMIT 1");
    if (unnoted.next())
        return u"G12: no line of the audit trail for %1/%2"_s.arg(unnoted.text(0))
            .arg(unnoted.integer(1));
    return {};
}

// No word of a row that is gone stays in the text index (G9).
QString Oracle::checkWords(ReplicaFile &file) const
{
    for (const EntityInfo &entity : file.catalog().entities()) {
        if (!file.store().isSearchable(entity))
            continue;
        const QByteArray table = entity.name().toLatin1();
        const QByteArray words = "words_" + table;
        if (auto made = file.database().execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp." + words
                                                + " USING fts5vocab(main, search_" + table
                                                + ", instance);");
            !made)
            continue;
        Query left = file.database().query("SELECT w.doc FROM temp." + words + " w LEFT JOIN "
                                           + table + " t ON t.pk=w.doc WHERE t.pk IS NULL LIMIT 1");
        if (left.next())
            return u"G9: words of a removed %1 are still found"_s.arg(entity.name());
    }
    return {};
}

// Whatever the master data point to has existed.
QString Oracle::checkDangling(SimServer &server) const
{
    for (const auto &[key, row] : server.latest().rows) {
        const EntityInfo &entity = m_catalog.entity(key.first);
        for (int i = 0; i < int(row->size()); ++i) {
            const FieldInfo &field = entity.fields()[std::size_t(i)];
            const EntityInfo *target = field.kind == Kind::Reference ? m_catalog.find(field.target)
                                                                     : nullptr;
            const QString id = (*row)[std::size_t(i)].text();
            if (target && !id.isEmpty() && !server.store().find(*target, RecordId(id)))
                return u"G10: %1.%2 points to %3, which never existed"_s.arg(nameOf(key),
                                                                             field.name, id);
        }
    }
    return {};
}

QString Oracle::checkReferences(SimClient &client, SimServer &server) const
{
    // Refused for ever, neither listed nor put aside: it has been sent again as another command.
    std::set<QString> gone;
    Query refused = server.database().query("SELECT cmd_id FROM cmd_result WHERE device=? AND "
                                            "status=?");
    refused.bind(1, client.device()).bind(2, int(CmdResult::Rejected));
    while (refused.next())
        gone.insert(refused.text(0));
    std::vector<CommandCall> calls;
    for (const Outbox::Rejected &listed : client.outbox().rejected()) {
        gone.erase(listed.call.id.text());
        calls.push_back(listed.call);
    }
    for (const Outbox::Entry &entry : client.outbox().entries()) {
        gone.erase(entry.call.id.text()); // the answer is on its way
        if (entry.n == 0)
            calls.push_back(entry.call);
    }
    std::set<QString> never;
    for (const QString &id : gone) {
        if (!client.dismissed.contains(id))
            never.insert(RecordId::derive(RecordId(id), 0).text());
    }
    for (const CommandCall &call : calls) {
        for (const auto &[name, value] : call.arguments.values) {
            if (never.contains(value.text()))
                return u"G10: %1 waits on %2 for a record that never exists"_s.arg(call.type,
                                                                                   client.user());
        }
    }
    return {};
}

} // namespace keydesk::sim
