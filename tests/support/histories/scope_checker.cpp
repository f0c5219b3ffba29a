#include "support/histories/scope_checker.h"

#include "support/histories/answer_checker.h"

#include <QHash>

namespace keydesk::blackbox {

using namespace Qt::StringLiterals;

namespace {

constexpr auto ownerPrefix = u"owner/";

QStringList accountsOf(const History &history)
{
    QStringList accounts;
    for (const auto &[key, person] : history.initial) {
        if (key.startsWith(QString::fromUtf16(ownerPrefix)))
            accounts.append(key.section(u'/', 1));
    }
    return accounts;
}

QString ownerAt(const History &history, const QString &account, qint64 position)
{
    const QString key = scope_key::owner(account);
    QString owner = history.initial.at(key);
    for (const Element &one : history.master) {
        if (one.key == key && one.version <= position)
            owner = one.value;
    }
    return owner;
}

QHash<QString, QString> authorsOf(const History &history)
{
    QHash<QString, QString> authors;
    for (const Operation &one : history.operations) {
        if (one.act == Act::Append)
            authors.insert(one.value, one.actor);
    }
    return authors;
}

// One read of one customer by somebody whom the assignments limit.
class ScopeLook
{
public:
    ScopeLook(const History &history, const Checkpoint &read, const QString &account)
        : m_history(history)
        , m_read(read)
        , m_account(account)
        , m_person(history.people[read.process])
        , m_mine(ownerAt(history, account, read.position) == m_person
                 || history.overseers.contains(m_person))
    {
    }

    Anomalies check(const QHash<QString, QString> &authors) const
    {
        Anomalies anomalies;
        const bool here = !valuesOf(scope_key::record(m_account)).isEmpty();
        if (here != m_mine)
            anomalies.push_back(verdict(here, u"the record"_s));
        const QStringList notes = valuesOf(scope_key::notes(m_account));
        for (const QString &note : notes) {
            if (!m_mine && authors.value(note) != m_person)
                anomalies.push_back(verdict(true, note));
        }
        for (const Element &one : elementsOf(m_history, scope_key::notes(m_account))) {
            const bool due = m_mine && one.version <= m_read.position;
            if (due && !notes.contains(one.value))
                anomalies.push_back(verdict(false, one.value));
        }
        return anomalies;
    }

private:
    QStringList valuesOf(const QString &key) const
    {
        const auto values = m_read.base.find(key);
        return values == m_read.base.end() ? QStringList() : values->second;
    }
    Anomaly verdict(bool shown, const QString &what) const
    {
        const QString story = u"%1 (%2) and %3 of %4"_s.arg(nameOf(m_read), m_person, what,
                                                            m_account);
        return shown ? found(anomaly::outsideScope, story) : found(anomaly::missingInScope, story);
    }

    const History &m_history;
    const Checkpoint &m_read;
    const QString m_account;
    const QString m_person;
    const bool m_mine;
};

// The same person is given a customer again and again, so assignments are counted. One that is
// ended after another has replaced it takes nothing away: that is not counted.
Anomalies checkAssignments(const History &history)
{
    using Given = std::pair<QString, QString>;
    std::map<Given, int> left; // more in the master than answered
    std::map<Given, int> open;
    for (const Element &one : history.master)
        ++left[{one.key, one.value}];
    for (const Operation &one : history.operations) {
        if (one.act != Act::Assign || one.value.isEmpty())
            continue;
        left[{one.keys.front(), one.value}] -= one.outcome == Outcome::Ok ? 1 : 0;
        open[{one.keys.front(), one.value}] += one.outcome == Outcome::Open ? 1 : 0;
    }
    Anomalies anomalies;
    for (const auto &[pair, more] : left) {
        if (!pair.first.startsWith(QString::fromUtf16(ownerPrefix)) || pair.second.isEmpty())
            continue;
        const QString story = u"%1 given to %2"_s.arg(pair.first, pair.second);
        if (more < 0)
            anomalies.push_back(found(anomaly::lostWrite, story));
        if (more > open[pair])
            anomalies.push_back(found(anomaly::duplicateEffect, story));
    }
    return anomalies;
}

} // namespace

namespace scope_key {

QString owner(const QString &account)
{
    return QString::fromUtf16(ownerPrefix) + account;
}

QString notes(const QString &account)
{
    return u"note/"_s + account;
}

QString record(const QString &account)
{
    return u"record/"_s + account;
}

} // namespace scope_key

Anomalies checkScopes(const History &history)
{
    Anomalies anomalies = checkAnswers(history);
    join(anomalies, checkAssignments(history));
    join(anomalies, checkMonotonic(history));
    const QHash<QString, QString> authors = authorsOf(history);
    for (const QString &account : accountsOf(history)) {
        for (const Checkpoint &read : history.checkpoints)
            join(anomalies, ScopeLook(history, read, account).check(authors));
    }
    return anomalies;
}

QStringList foreignWords(const History &history, int process)
{
    const QString person = history.people[process];
    const QHash<QString, QString> authors = authorsOf(history);
    QStringList words;
    for (const QString &account : accountsOf(history)) {
        if (ownerAt(history, account, never) == person)
            continue;
        for (const Element &one : elementsOf(history, scope_key::notes(account))) {
            if (authors.value(one.value) != person)
                words.append(one.value);
        }
    }
    return words;
}

} // namespace keydesk::blackbox
