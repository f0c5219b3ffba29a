#include "ui/shell/record_source.h"

#include "base/pinyin.h"

namespace keydesk {

RecordSource::RecordSource(Workbench &workbench, QObject *parent)
    : PaletteSource(parent)
    , m_workbench(workbench)
    , m_search(workbench.reader())
{
    connect(&m_search, &RecordSearch::found, this,
            [this](const QString &, const std::vector<SearchHit> &hits) {
                QList<Candidate> candidates;
                for (const SearchHit &hit : hits) {
                    const EntityInfo *entity = m_workbench.catalog().find(hit.entity);
                    Candidate candidate;
                    candidate.id = hit.entity + QLatin1Char('/') + hit.id;
                    candidate.title = hit.title;
                    candidate.detail = hit.detail;
                    if (entity)
                        candidate.badges = {{BadgeKind::Neutral, entity->label().text()}};
                    candidates.append(candidate);
                }
                Q_EMIT found(m_generation, candidates);
            });
}

QString RecordSource::title() const
{
    return tr("Records");
}

void RecordSource::query(const QString &text, int generation)
{
    m_generation = generation;
    if (text.trimmed().isEmpty()) {
        m_search.cancel();
        Q_EMIT found(generation, {});
        return;
    }
    m_search.find(text, 8, m_entities);
}

void RecordSource::activate(const QString &id, bool)
{
    Q_EMIT chosen(id.section(QLatin1Char('/'), 0, 0), id.section(QLatin1Char('/'), 1));
}

bool RecordSource::matchesWords(const QString &text, const QString &query)
{
    const Pinyin pinyin;
    return text.contains(query, Qt::CaseInsensitive)
        || pinyin.initials(text).contains(query, Qt::CaseInsensitive)
        || pinyin.full(text).contains(query, Qt::CaseInsensitive);
}

} // namespace keydesk
