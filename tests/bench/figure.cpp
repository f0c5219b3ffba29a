#include "figure.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace keydesk::bench {

using namespace Qt::StringLiterals;

namespace {

// Four digits that count; more would pretend.
QJsonValue rounded(std::optional<double> number)
{
    if (!number || !std::isfinite(*number))
        return QJsonValue::Null;
    return QString::number(*number, 'g', 4).toDouble();
}

} // namespace

std::optional<double> Figure::ratio() const
{
    if (!limit || *limit <= 0 || value <= 0)
        return std::nullopt;
    return wanted == Wanted::AtLeastRatio ? value / *limit : *limit / value;
}

bool Figure::isReached() const
{
    if (wanted == Wanted::AtLeastRatio)
        return ratio().value_or(0) >= goal;
    if (wanted == Wanted::AtMostTimes)
        return ratio() && value <= goal * *limit;
    return value > 0 && value <= goal;
}

QByteArray Figure::toJson() const
{
    // By hand, for the order of the members.
    const std::pair<const char *, QJsonValue> members[] = {
        {"name", name},
        {"value", rounded(value)},
        {"unit", unit},
        {"limit", rounded(limit)},
        {"ratio", rounded(ratio())},
        {"goal", goal},
        {"ok", isReached()},
    };
    QByteArray line;
    for (const auto &[key, json] : members) {
        const QJsonObject one{{QString::fromLatin1(key), json}};
        line += (line.isEmpty() ? "{" : ",")
            + QJsonDocument(one).toJson(QJsonDocument::Compact).chopped(1).mid(1);
    }
    return line + '}';
}

double percentile(std::vector<double> samples, double share)
{
    if (samples.empty())
        return 0;
    std::sort(samples.begin(), samples.end());
    const auto rank = std::size_t(std::ceil(share * double(samples.size())));
    return samples[std::min(samples.size() - 1, rank > 0 ? rank - 1 : 0)];
}

} // namespace keydesk::bench
