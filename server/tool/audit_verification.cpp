#include "tool/audit_verification.h"

#include <QFile>

#include <map>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// Where each incarnation that a restore began starts, by its epoch.
std::map<QString, qint64> restores(Database &database)
{
    std::map<QString, qint64> begins;
    Query query = database.query("SELECT object, pos FROM audit WHERE action='restore'");
    while (query.next())
        begins[query.text(0)] = query.integer(1);
    return begins;
}

// The entry with which the incarnation of that epoch ended; 0: it is the present one.
qint64 endOf(const QString &epoch, const std::map<QString, qint64> &begins)
{
    const auto own = begins.find(epoch);
    const qint64 from = own == begins.end() ? 0 : own->second;
    qint64 end = 0;
    for (const auto &[other, pos] : begins) {
        if (pos > from && (end == 0 || pos < end))
            end = pos;
    }
    return end;
}

} // namespace

VerifiedPart checkHeads(Database &database, const std::vector<AuditHead> &heads)
{
    VerifiedPart part;
    const auto begins = restores(database);
    if (heads.empty())
        part.wrong(u"no head was found in the file"_s);
    for (const AuditHead &head : heads) {
        const QString name = u"head of entry %1 of %2"_s.arg(head.pos).arg(
            head.at.toLocal().toUTC().toString(Qt::ISODate));
        part.checked();
        if (!head.isGenuine() || head.publicKey != heads.front().publicKey) {
            part.wrong(name + u": not signed by the key of the first one"_s);
            continue;
        }
        const qint64 end = endOf(head.epoch, begins);
        if (end > 0 && head.pos >= end)
            continue;
        Query entry = database.query("SELECT hash FROM audit WHERE pos=?");
        entry.bind(1, head.pos);
        if (!entry.next())
            part.wrong(name + u": the trail has no such entry"_s);
        else if (entry.bytes(0) != head.hash)
            part.wrong(name + u": another entry stands there"_s);
    }
    return part;
}

Result<QString> headLinesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error("file.unreadable"_reason, {path, file.errorString()});
    QStringList lines;
    while (!file.atEnd()) {
        for (const AuditHead &head : headsIn(file.readLine()))
            lines.append(head.line());
    }
    constexpr qsizetype most = 200;
    if (lines.size() > most)
        lines = lines.first(most / 2) + lines.last(most / 2);
    return lines.join(u'\n');
}

} // namespace keydesk
