#pragma once

#include "ui/widgets/candidate_source.h"

#include <QAbstractListModel>

namespace keydesk {

// What several sources found, section after section. Rows of one section are replaced without
// touching the others, so that a slow source does not move what is already chosen.
class CandidateModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    /// Forgets all rows and gives the sections their headings.
    void reset(const QStringList &titles);
    void setSection(int section, const QList<Candidate> &candidates);
    int sectionOf(int row) const;
    const Candidate &candidate(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Section
    {
        QString title;
        QList<Candidate> candidates;
    };

    QList<Section> m_sections;
};

} // namespace keydesk
