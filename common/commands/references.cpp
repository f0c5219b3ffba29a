#include "commands/references.h"

namespace keydesk {

References::References(const CommandCall &call)
{
    for (int k = 0; k < mostMadeRecords; ++k)
        made.insert(RecordId::derive(call.id, k).text());
    for (const auto &[name, value] : call.arguments.values) {
        // Whom something goes to does not tie it to what else goes there.
        if (name != QLatin1StringView("queue") && name != QLatin1StringView("staff")
            && RecordId::looksLike(value.text()))
            named.insert(value.text());
    }
    for (const auto &[set, values] : call.arguments.sets) {
        for (const auto &[field, value] : values) {
            if (RecordId::looksLike(value.text()))
                pointed.insert(value.text());
        }
    }
}

bool References::meets(const References &other) const
{
    return records().intersects(other.records()) || made.intersects(other.pointed)
        || pointed.intersects(other.made);
}

bool References::needs(const References &earlier) const
{
    return named.intersects(earlier.records()) || pointed.intersects(earlier.made);
}

void References::add(const References &other)
{
    named += other.named;
    made += other.made;
    pointed += other.pointed;
}

void RenewedIds::add(const RecordId &old, const RecordId &fresh)
{
    for (int k = 0; k < mostMadeRecords; ++k)
        m_ids[RecordId::derive(old, k).text()] = RecordId::derive(fresh, k).text();
}

bool RenewedIds::follow(Arguments &arguments) const
{
    bool follows = false;
    const auto replace = [&](std::map<QString, Cell> &values) {
        for (auto &[name, value] : values) {
            const auto fresh = m_ids.find(value.text());
            if (fresh == m_ids.end())
                continue;
            value = Cell(fresh->second);
            follows = true;
        }
    };
    replace(arguments.values);
    for (auto &[name, set] : arguments.sets)
        replace(set);
    return follows;
}

} // namespace keydesk
