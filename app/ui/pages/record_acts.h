#pragma once

#include "ui/shell/workspace.h"

#include <QCoreApplication>

namespace keydesk {

// What a person does with records that have no page of their own: adds, changes and removes the
// people, places and products of a customer or an opportunity, and gives out tasks. Every act is a
// dialog or a question that ends in one command; it keeps no state.
class RecordActs final
{
    Q_DECLARE_TR_FUNCTIONS(keydesk::RecordActs)

public:
    /// `parent` is the widget that the dialogs belong to.
    RecordActs(Desk &desk, QWidget *parent)
        : m_desk(desk)
        , m_parent(parent)
    {
    }

    /// Asks for the fields of a new record; `fixed` says what it belongs to and is not asked.
    void create(const QString &entity, const FieldValues &fixed,
                std::function<void(const RecordId &)> then = {});
    void edit(const QString &entity, const RecordId &record);
    /// An item goes at once and can be taken back; a person or a place is asked about first,
    /// because the server removes it for everybody.
    void remove(const QString &entity, const RecordId &record);
    /// A task about a record; without one, a task of one's own.
    void createTask(const QString &subjectEntity = {}, const RecordId &subject = {});
    /// Says what was done; Undo withdraws it, or once it was sent runs `wayBack`. Without one there
    /// is no Undo while the line stands: it would come too late.
    void offerUndo(const QString &done, qint64 localNo, const std::optional<CommandCall> &wayBack);
    /// The fields that a person fills in, in the order of the field table, without `except`.
    static QStringList formFields(const EntityInfo &entity, const FieldValues &except);

private:
    void removeNow(const QString &entity, const RecordId &record);

    Desk &m_desk;
    QWidget *m_parent;
};

} // namespace keydesk
