#include "support/histories/recorder.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace keydesk::blackbox {

using namespace Qt::StringLiterals;

namespace {

QString actName(Act act)
{
    switch (act) {
    case Act::Append:
        return u"append"_s;
    case Act::Claim:
        return u"claim"_s;
    case Act::Release:
        return u"release"_s;
    case Act::GiveBack:
        return u"give_back"_s;
    case Act::GiveOut:
        return u"give_out"_s;
    case Act::Edit:
        return u"edit"_s;
    case Act::Assign:
        break;
    }
    return u"assign"_s;
}

using Lines = std::multimap<qint64, QJsonObject>;

void addOperation(Lines &lines, const Operation &one, int place)
{
    QJsonObject line{{u"at"_s, one.invoked},
                     {u"process"_s, one.process},
                     {u"type"_s, u"invoke"_s},
                     {u"op"_s, place},
                     {u"act"_s, actName(one.act)},
                     {u"keys"_s, QJsonArray::fromStringList(one.keys)},
                     {u"value"_s, one.value},
                     {u"actor"_s, one.actor}};
    if (one.act == Act::Edit)
        line.insert(u"seen"_s, one.seen);
    lines.emplace(one.invoked, line);
    const bool open = one.outcome == Outcome::Open;
    QJsonObject end{{u"process"_s, one.process},
                    {u"op"_s, place},
                    {u"type"_s,
                     open                             ? u"info"_s
                         : one.outcome == Outcome::Ok ? u"ok"_s
                                                      : u"fail"_s}};
    if (!open)
        end.insert(u"at"_s, one.ended);
    if (!one.reason.isEmpty())
        end.insert(u"reason"_s, one.reason);
    if (!one.holder.isEmpty())
        end.insert(u"holder"_s, one.holder);
    if (one.local)
        end.insert(u"local"_s, true);
    lines.emplace(one.ended, end);
}

QJsonObject toJson(const std::map<QString, QStringList> &values)
{
    QJsonObject object;
    for (const auto &[key, list] : values)
        object.insert(key, QJsonArray::fromStringList(list));
    return object;
}

Lines linesOf(const History &history)
{
    Lines lines;
    for (std::size_t i = 0; i < history.operations.size(); ++i)
        addOperation(lines, history.operations[i], int(i));
    for (const Checkpoint &one : history.checkpoints)
        lines.emplace(one.at,
                      QJsonObject{{u"at"_s, one.at},
                                  {u"process"_s, one.process},
                                  {u"type"_s, u"read"_s},
                                  {u"position"_s, one.position},
                                  {u"base"_s, toJson(one.base)},
                                  {u"shown"_s, toJson(one.shown)}});
    for (const Element &one : history.master)
        lines.emplace(never,
                      QJsonObject{{u"type"_s, u"master"_s},
                                  {u"key"_s, one.key},
                                  {u"value"_s, one.value},
                                  {u"before"_s, one.before},
                                  {u"version"_s, one.version}});
    return lines;
}

} // namespace

std::size_t Recorder::invoke(Operation operation)
{
    operation.invoked = now();
    m_history.operations.push_back(std::move(operation));
    return m_history.operations.size() - 1;
}

void Recorder::accept(std::size_t place)
{
    m_history.operations[place].accepted = now();
}

void Recorder::end(std::size_t place, Outcome outcome, const QString &reason, const QString &holder)
{
    Operation &operation = m_history.operations[place];
    operation.ended = now();
    operation.outcome = outcome;
    operation.reason = reason;
    operation.holder = holder;
}

void Recorder::refuseAtDesk(std::size_t place, const QString &reason)
{
    end(place, Outcome::Failed, reason);
    m_history.operations[place].local = true;
}

QString writeHistory(const History &history, const QString &name)
{
    QFile file(QDir::temp().filePath(u"keydesk-history-%1.jsonl"_s.arg(name)));
    if (!file.open(QFile::WriteOnly | QFile::Truncate))
        return {};
    for (const auto &[at, line] : linesOf(history))
        file.write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
    return file.fileName();
}

} // namespace keydesk::blackbox
