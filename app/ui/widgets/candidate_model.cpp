#include "ui/widgets/candidate_model.h"

namespace keydesk {

void CandidateModel::reset(const QStringList &titles)
{
    beginResetModel();
    m_sections.clear();
    for (const QString &title : titles)
        m_sections.append({title, {}});
    endResetModel();
}

void CandidateModel::setSection(int section, const QList<Candidate> &candidates)
{
    Section &target = m_sections[section];
    if (target.candidates == candidates)
        return;
    int first = 0;
    for (int i = 0; i < section; ++i)
        first += int(m_sections[i].candidates.size());
    const int before = int(target.candidates.size());
    const int after = int(candidates.size());
    const int common = std::min(before, after);
    if (after > before)
        beginInsertRows({}, first + before, first + after - 1);
    else if (after < before)
        beginRemoveRows({}, first + after, first + before - 1);
    target.candidates = candidates;
    if (after > before)
        endInsertRows();
    else if (after < before)
        endRemoveRows();
    if (common > 0)
        Q_EMIT dataChanged(index(first), index(first + common - 1));
}

int CandidateModel::sectionOf(int row) const
{
    int left = row;
    for (int i = 0; i < int(m_sections.size()); ++i) {
        if (left < m_sections[i].candidates.size())
            return i;
        left -= int(m_sections[i].candidates.size());
    }
    return -1;
}

const Candidate &CandidateModel::candidate(int row) const
{
    int left = row;
    for (const Section &section : m_sections) {
        if (left < section.candidates.size())
            return section.candidates[left];
        left -= int(section.candidates.size());
    }
    static const Candidate none;
    return none;
}

int CandidateModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    int rows = 0;
    for (const Section &section : m_sections)
        rows += int(section.candidates.size());
    return rows;
}

QVariant CandidateModel::data(const QModelIndex &index, int role) const
{
    const int section = sectionOf(index.row());
    if (!index.isValid() || section < 0)
        return {};
    const Candidate &row = candidate(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.title;
    case IdRole:
        return row.id;
    case SecondaryRole:
        return row.detail;
    case IconRole:
        return row.icon;
    case ShortcutRole:
        return row.shortcut;
    case HintRole:
        return row.hint;
    case BadgeRole:
        return QVariant::fromValue(row.badges);
    case SectionRole:
        return m_sections[section].title;
    case Qt::AccessibleTextRole: {
        QStringList words{row.title, row.detail};
        for (const Badge &badge : row.badges)
            words += badge.text;
        words += {row.shortcut, m_sections[section].title};
        words.removeAll(QString());
        return words.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

} // namespace keydesk
