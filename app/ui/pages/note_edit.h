#pragma once

#include "ui/shell/workspace.h"

#include <QLineEdit>
#include <QSet>

namespace keydesk {

// The line a note on one record is written in; Enter adds it, dated when it was written. What is
// half typed stays with its record, and is there again when the record is shown again.
class NoteEdit final : public QLineEdit
{
    Q_OBJECT

public:
    explicit NoteEdit(Desk &desk, QWidget *parent = nullptr);

    /// Whose note it is: shows what was typed for it and not added.
    void setSubject(const QString &entity, const RecordId &record);

public Q_SLOTS:
    void add();

private:
    QString draftKey() const;

    Desk &m_desk;
    QString m_entity;
    RecordId m_record;
    QSet<QString> m_sending; // draft keys of what is not answered yet
};

} // namespace keydesk
