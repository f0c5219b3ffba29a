#include "commands/policy_reader.h"

#include "base/both_words.h"

#include <QSet>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *placeNames[] = {"queue", "directory", "area", "team"};

std::optional<Sight> sightOf(const QString &cell)
{
    if (cell == u"-")
        return Sight::None;
    if (cell == u"M")
        return Sight::Masked;
    return cell == u"F" ? std::optional(Sight::Full) : std::nullopt;
}

std::optional<Relation> relationOf(QChar letter)
{
    switch (letter.unicode()) {
    case u'o':
        return Relation::Own;
    case u'l':
        return Relation::Led;
    case u'a':
        return Relation::Area;
    case u'v':
        return Relation::Vacant;
    case u'*':
        return Relation::Any;
    default:
        return std::nullopt;
    }
}

std::optional<Relations> relationsOf(const QString &cell)
{
    Relations relations;
    if (cell == u"-")
        return relations;
    for (const QChar letter : cell) {
        const auto relation = relationOf(letter);
        if (!relation || relations.testFlag(*relation))
            return std::nullopt;
        relations |= *relation;
    }
    return relations;
}

} // namespace

Error PolicyReader::fault(const QString &what, const QString &found) const
{
    return Error("rights.policy"_reason, {QString::number(m_line), what, found});
}

Result<RightsPolicy> PolicyReader::read(const QByteArray &text)
{
    const QStringList lines = QString::fromUtf8(text).split(u'\n');
    for (const QString &line : lines) {
        ++m_line;
        const QString bare = line.section(u'#', 0, 0).trimmed();
        if (bare.isEmpty())
            continue;
        if (auto done = readLine(bare); !done)
            return done.error();
    }
    if (auto complete = finish(); !complete)
        return complete.error();
    return std::move(m_policy);
}

Result<> PolicyReader::readLine(const QString &line)
{
    const QStringList words = line.simplified().split(u' ');
    if (words.front() == u"role" && m_section == Section::Roles)
        return readRole(words);
    if (words.front() == u"sight")
        return startSection(Section::Sights, words);
    if (words.front() == u"act")
        return startSection(Section::Acts, words);
    if (m_section == Section::Sights)
        return readSight(words);
    if (m_section == Section::Acts)
        return readAct(words);
    return fault(bothWords(u"不认识的内容"_s, u"not understood"_s), words.front());
}

Result<> PolicyReader::readRole(const QStringList &words)
{
    if (words.size() != 3)
        return fault(bothWords(u"应为：role 列名 角色"_s, u"expected: role COLUMN ROLE"_s),
                     words.join(u' '));
    for (std::size_t role = 0; role < RightsPolicy::roleCount; ++role) {
        if (words[2] != QLatin1StringView(EnumTable<Role>::keys[role].key))
            continue;
        if (m_codes.contains(words[1])
            || std::find(m_policy.m_order.begin(), m_policy.m_order.end(), Role(role))
                != m_policy.m_order.end())
            return fault(bothWords(u"重复"_s, u"given twice"_s), words.join(u' '));
        m_codes.append(words[1]);
        m_policy.m_order.push_back(Role(role));
        return {};
    }
    return fault(bothWords(u"没有这个角色"_s, u"there is no such role"_s), words[2]);
}

// The columns are those of the roles' lines, in their order, so that a cell cannot slip.
Result<> PolicyReader::startSection(Section section, const QStringList &words)
{
    if (m_policy.m_order.size() != RightsPolicy::roleCount)
        return fault(bothWords(u"角色不全"_s, u"a role is missing"_s),
                     QString::number(m_policy.m_order.size()));
    QStringList wanted = m_codes;
    if (section == Section::Acts)
        wanted.append(u"JB"_s);
    if (words.mid(1) != wanted)
        return fault(bothWords(u"列应为 "_s + wanted.join(u' '),
                               u"the columns must be "_s + wanted.join(u' ')),
                     words.mid(1).join(u' '));
    m_section = section;
    return {};
}

Result<> PolicyReader::readSight(const QStringList &words)
{
    const auto name = std::find_if(std::begin(placeNames), std::end(placeNames),
                                   [&](const char *one) {
                                       return words.front() == QLatin1StringView(one);
                                   });
    if (name == std::end(placeNames))
        return fault(bothWords(u"不认识的内容"_s, u"not understood"_s), words.front());
    const int place = int(name - std::begin(placeNames));
    if (m_sightLines.contains(place))
        return fault(bothWords(u"重复"_s, u"given twice"_s), words.front());
    m_sightLines.insert(place);
    if (words.size() != 1 + m_codes.size())
        return fault(bothWords(u"单元格数量不对"_s, u"wrong number of cells"_s),
                     QString::number(words.size() - 1));
    for (qsizetype column = 0; column < m_codes.size(); ++column) {
        const auto sight = sightOf(words[1 + column]);
        if (!sight)
            return fault(m_codes[column], words[1 + column]);
        m_policy.m_sights[std::size_t(place)][std::size_t(m_policy.m_order[std::size_t(column)])] =
            *sight;
    }
    return {};
}

Result<> PolicyReader::readAct(const QStringList &words)
{
    const qsizetype cells = m_codes.size() + 1;
    // A command, and behind it the entities it is done to.
    const qsizetype named = words.size() - cells;
    if (named != 1 && named != 2)
        return fault(bothWords(u"单元格数量不对"_s, u"wrong number of cells"_s), words.front());
    RightsPolicy::Act act;
    for (qsizetype column = 0; column < m_codes.size(); ++column) {
        const auto relations = relationsOf(words[named + column]);
        if (!relations)
            return fault(m_codes[column], words[named + column]);
        act.cells[std::size_t(m_policy.m_order[std::size_t(column)])] = *relations;
    }
    if (words.back() != u"+" && words.back() != u"-")
        return fault(u"JB"_s, words.back());
    act.forJobs = words.back() == u"+";
    const QStringList entities = named == 2 ? words[1].split(u',') : QStringList{QString()};
    for (const QString &entity : entities) {
        const QString name = entity.isEmpty() ? words.front() : words.front() + u' ' + entity;
        if (m_policy.m_acts.contains(name))
            return fault(bothWords(u"重复"_s, u"given twice"_s), name);
        m_policy.m_acts.insert(name, act);
    }
    return {};
}

Result<> PolicyReader::finish() const
{
    for (std::size_t place = 0; place < std::size(placeNames); ++place) {
        if (!m_sightLines.contains(int(place)))
            return fault(bothWords(u"缺少一行"_s, u"a line is missing"_s),
                         QString::fromLatin1(placeNames[place]));
    }
    return {};
}

} // namespace keydesk
