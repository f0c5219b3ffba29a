#pragma once

#include "commands/rights_policy.h"

#include <QSet>

namespace keydesk {

// Reads the text of a rights table line by line; never guesses what is missing.
class PolicyReader
{
public:
    Result<RightsPolicy> read(const QByteArray &text);

private:
    enum class Section { Roles, Sights, Acts };

    Result<> readLine(const QString &line);
    Result<> readRole(const QStringList &words);
    Result<> startSection(Section section, const QStringList &words);
    Result<> readSight(const QStringList &words);
    Result<> readAct(const QStringList &words);
    Result<> finish() const;
    Error fault(const QString &what, const QString &found) const;

    RightsPolicy m_policy;
    Section m_section = Section::Roles;
    QStringList m_codes; // of the columns, in the order of the roles' lines
    QSet<int> m_sightLines;
    int m_line = 0;
};

} // namespace keydesk
