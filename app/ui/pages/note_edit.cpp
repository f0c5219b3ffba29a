#include "ui/pages/note_edit.h"

#include "commands/record_commands.h"

#include <QPointer>

namespace keydesk {

using namespace Qt::StringLiterals;

NoteEdit::NoteEdit(Desk &desk, QWidget *parent)
    : QLineEdit(parent)
    , m_desk(desk)
{
    connect(this, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (!m_record.isNull())
            m_desk.workbench.saveDraft(draftKey(), text);
    });
    connect(this, &QLineEdit::returnPressed, this, &NoteEdit::add);
}

QString NoteEdit::draftKey() const
{
    return u"note/%1/%2"_s.arg(m_entity, m_record.text());
}

void NoteEdit::setSubject(const QString &entity, const RecordId &record)
{
    if (entity == m_entity && record == m_record)
        return;
    m_entity = entity;
    m_record = record;
    setText(record.isNull() ? QString() : m_desk.workbench.draft(draftKey()));
}

void NoteEdit::add()
{
    AddNote note;
    note.entity = m_entity;
    note.record = m_record;
    note.body = text().trimmed();
    note.at = {m_desk.ticker.nowMs()};
    if (note.body.isEmpty() || m_record.isNull() || m_sending.contains(draftKey()))
        return;
    m_sending.insert(draftKey());
    m_desk.workbench.run(callOf(note),
                         [desk = &m_desk, alive = QPointer(this), key = draftKey(),
                          typed = text()](const Result<RunOutcome> &outcome) {
                             if (alive)
                                 alive->m_sending.remove(key);
                             if (!outcome)
                                 return desk->toasts.show(outcome.error().text(),
                                                          BadgeKind::Danger);
                             if (desk->workbench.draft(key) == typed)
                                 desk->workbench.saveDraft(key, {});
                             if (alive && alive->draftKey() == key && alive->text() == typed)
                                 alive->clear();
                         });
}

} // namespace keydesk
