#include "support/histories/answer_checker.h"

#include <QSet>

#include <algorithm>

namespace keydesk::blackbox {

using namespace Qt::StringLiterals;

namespace {

constexpr int unknownMost = 20; // of a hundred commands

using KeyValue = std::pair<QString, QString>;

std::map<KeyValue, int> countsIn(const std::vector<Element> &master)
{
    std::map<KeyValue, int> counts;
    for (const Element &one : master)
        ++counts[{one.key, one.value}];
    return counts;
}

// Every value that any device showed under the key as the server's.
std::set<KeyValue> readIn(const History &history)
{
    std::set<KeyValue> read;
    for (const Checkpoint &one : history.checkpoints) {
        for (const auto &[key, values] : one.base) {
            for (const QString &value : values)
                read.emplace(key, value);
        }
    }
    return read;
}

QString describe(const Operation &one, const QString &key)
{
    return u"%1 in %2, written by device %3"_s.arg(one.value, key).arg(one.process);
}

// What the device itself has appended under the key by then.
Anomalies checkOwn(const History &history, const Checkpoint &read, const QString &key,
                   const QStringList &values)
{
    const QSet<QString> shown(values.begin(), values.end());
    Anomalies anomalies;
    for (const Operation &one : history.operations) {
        const bool own = one.act == Act::Append && one.process == read.process
            && one.accepted < read.at && one.outcome != Outcome::Failed;
        if (own && one.keys.contains(key) && !shown.contains(one.value))
            anomalies.push_back(found(anomaly::nonMonotonicRead,
                                      nameOf(read) + u" no longer shows "_s + describe(one, key)));
    }
    return anomalies;
}

Anomalies checkCut(const History &history, const Checkpoint &read, const QString &key,
                   const QString &value)
{
    const std::vector<Element> elements = elementsOf(history, key);
    const auto initial = history.initial.find(key);
    QString expected = initial == history.initial.end() ? QString() : initial->second;
    bool wasThere = value == expected;
    const Element *later = nullptr;
    for (const Element &one : elements) {
        if (one.version > read.position) {
            later = one.value == value ? &one : later;
            continue;
        }
        expected = one.value;
        wasThere = wasThere || one.value == value;
    }
    if (value == expected)
        return {};
    const QString story = u"%1 shows %2 in %3, but at that position it was %4"_s.arg(nameOf(read),
                                                                                     value, key,
                                                                                     expected);
    if (wasThere)
        return {found(anomaly::staleRead, story)};
    return {found(anomaly::intermediateRead,
                  later ? story + u"; it came at %1"_s.arg(later->version) : story)};
}

} // namespace

QString nameOf(const Checkpoint &checkpoint)
{
    return u"the read of device %1 at position %2"_s.arg(checkpoint.process)
        .arg(checkpoint.position);
}

std::vector<Element> elementsOf(const History &history, const QString &key)
{
    std::vector<Element> elements;
    std::copy_if(history.master.begin(), history.master.end(), std::back_inserter(elements),
                 [&](const Element &one) { return one.key == key; });
    return elements;
}

Anomalies checkKnown(const History &history)
{
    const auto open = std::count_if(history.operations.begin(), history.operations.end(),
                                    [](const Operation &one) {
                                        return one.outcome == Outcome::Open;
                                    });
    const auto all = qint64(history.operations.size());
    if (all > 0 && open * 100 <= all * unknownMost)
        return {};
    return {
        found(anomaly::noResult,
              u"%1 of %2 commands are unknown: the run counts as no result"_s.arg(open).arg(all))};
}

Anomalies checkAnswers(const History &history)
{
    Anomalies anomalies;
    const auto counts = countsIn(history.master);
    const auto read = readIn(history);
    for (const Operation &one : history.operations) {
        if (one.act != Act::Append && one.act != Act::Edit)
            continue;
        for (const QString &key : one.keys) {
            const KeyValue pair{key, one.value};
            const auto counted = counts.find(pair);
            const int times = counted == counts.end() ? 0 : counted->second;
            if (one.outcome == Outcome::Ok && times == 0)
                anomalies.push_back(found(anomaly::lostWrite, describe(one, key)));
            if (times > 1)
                anomalies.push_back(found(anomaly::duplicateEffect,
                                          u"%1 times "_s.arg(times) + describe(one, key)));
            if (one.outcome == Outcome::Failed && (times > 0 || read.contains(pair)))
                anomalies.push_back(
                    found(anomaly::abortedRead, describe(one, key) + u", was refused"_s));
        }
    }
    return anomalies;
}

Anomalies checkCuts(const History &history)
{
    Anomalies anomalies;
    for (const Checkpoint &read : history.checkpoints) {
        for (const auto &[key, values] : read.base) {
            if (values.size() == 1)
                join(anomalies, checkCut(history, read, key, values.front()));
            else
                anomalies.push_back(found(anomaly::intermediateRead,
                                          u"%1 shows %2 values in %3"_s.arg(nameOf(read))
                                              .arg(values.size())
                                              .arg(key)));
        }
    }
    return anomalies;
}

Anomalies checkMonotonic(const History &history)
{
    Anomalies anomalies;
    std::map<int, qint64> positions;
    for (const Checkpoint &read : history.checkpoints) {
        qint64 &position = positions[read.process];
        if (read.position < position)
            anomalies.push_back(found(anomaly::nonMonotonicRead,
                                      u"%1 follows one at %2"_s.arg(nameOf(read)).arg(position)));
        position = std::max(position, read.position);
        for (const auto &[key, values] : read.shown)
            join(anomalies, checkOwn(history, read, key, values));
    }
    return anomalies;
}

} // namespace keydesk::blackbox
