#pragma once

#include "query/search.h"
#include "ui/widgets/candidate_source.h"
#include "workbench.h"

namespace keydesk {

// The palette's records: what the local search finds by Chinese, initials, number or telephone.
class RecordSource final : public PaletteSource
{
    Q_OBJECT

public:
    explicit RecordSource(Workbench &workbench, QObject *parent = nullptr);

    /// Looks only in these entities; all of them if empty. For pickers.
    void setEntities(const QStringList &entities) { m_entities = entities; }

    QString title() const override;
    void query(const QString &text, int generation) override;
    void activate(const QString &id, bool alternate) override;
    /// Whether an action's words answer to typed ones, pinyin initials included.
    static bool matchesWords(const QString &text, const QString &query);

Q_SIGNALS:
    void chosen(const QString &entity, const QString &id);

private:
    Workbench &m_workbench;
    RecordSearch m_search;
    QStringList m_entities;
    int m_generation = 0;
};

} // namespace keydesk
