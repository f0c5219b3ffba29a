#pragma once

#include "rules/completeness.h"
#include "ui/pages/field_editor.h"

namespace keydesk {

class FieldForm;
class FieldRow;
struct FieldGroup;

// Some fields of one record as a form, built from the field table. Knows what was seen when the
// record was shown, so that saving sends a patch and true conflicts are found per field.
class RecordForm final : public QWidget
{
    Q_OBJECT

public:
    /// At most `columns` of label-and-field pairs side by side.
    RecordForm(Desk &desk, const QString &entity, int columns = 1, QWidget *parent = nullptr);

    void addSection(const Label &title);
    /// Adds editors for these fields, in this order. `required` overrides the field table's mark.
    void addFields(const QStringList &fields, const QStringList &required = {});

    /// The page of one of an opportunity's six elements: its heading, its fields, then `more`.
    void addElement(Element element, const QStringList &more = {});
    /// The same under the groups of the field table, if it has some and there are many fields, and
    /// then in two columns where there is room.
    void addGroupedFields(const QStringList &fields);
    /// One more field, under the heading of its group if that begins here.
    void addFieldInGroup(const QString &field);
    /// Edits this field in a way of its own, over the full width, under the heading that names it.
    void addOwnEditor(const QString &field, std::unique_ptr<FieldEditor> editor);
    /// From so many fields on a form is divided into groups and columns.
    static constexpr int manyFields = 10;

    /// Lets a field be empty here that the record may not lack: the command fills it.
    void setOptional(const QString &field);
    /// From now on what is typed and not saved is kept per record, until it is saved or discarded,
    /// and is there again when the record is shown again. `key`: there is but one draft, under this
    /// key; a form that another one of the same entity stands beside needs one.
    void keepDrafts(const QString &key = {})
    {
        m_keepsDrafts = true;
        m_draftKey = key;
    }
    /// What is typed is sent: from now on nothing is kept, whatever the closing form makes of it.
    void endDrafts() { m_keepsDrafts = false; }
    /// From now on fields that the person does not see in clear are locked, with the reason.
    void lockHidden() { m_locksHidden = true; }
    /// Shows a record; what was typed and not saved is gone, or kept and shown (keepDrafts()).
    void show(const Row &row);
    /// The record after `sent` was saved of it: it counts as shown from now on, and what was typed
    /// since stays as a change of it.
    void takeSaved(const Row &row, const FieldValues &sent);
    /// What was typed for this record (null: the new one) counts no more: it is saved, or given up.
    void forgetDraft(const RecordId &record);
    /// The same after `sent` was saved of it while another record is shown: what was typed since
    /// stays, as a draft of `as`, the record that a new one has become.
    void forgetSaved(const RecordId &record, const FieldValues &sent, const RecordId &as);
    void forgetSaved(const RecordId &record, const FieldValues &sent)
    {
        forgetSaved(record, sent, record);
    }
    /// Puts back what was shown and forgets what was typed.
    void discard();
    /// Empties all fields; `values` fills some.
    void clear(const FieldValues &values = {});
    /// Puts values over what is shown, as if they had been typed: a draft.
    void fill(const FieldValues &values);
    /// Puts one value in as the page's own suggestion: part of what is saved, but not typed.
    void suggest(const QString &field, const Cell &value);
    /// The value of one field as it stands there; null if it cannot be read.
    Cell valueOf(const QString &field) const;
    /// What stands in the fields now, as far as it can be read; empty ones are left out.
    FieldValues typed() const;
    /// What stands in fields that cannot be read as a value, as it is typed there.
    FieldValues unread() const;
    /// Puts such texts back: a draft.
    void fillUnread(const FieldValues &texts);
    /// Only reading: fields that the profile masks or the state forbids to change.
    void setReadOnly(bool readOnly);
    /// Server-owned fields that are arguments of a command here, so that they can be filled in.
    void allow(const QStringList &fields);
    /// Fields this person may not see or change, and why: locked, with the reason below them.
    void lock(const QStringList &fields, const QString &why);

    /// What differs from what was shown; malformed and missing fields are marked and focused, and
    /// nothing is answered.
    std::optional<FieldValues> patch();
    /// What was shown, for EditRecord.
    FieldValues seen() const { return m_seen; }
    bool isDirty() const { return m_dirty; }
    /// Marks the field a refusal names, and focuses it; false if it is not here.
    bool showRefusal(const Error &error);
    /// The same of a saving of `record`; while another is shown it is said in a toast, with the
    /// record's title, and no field is touched. False if nothing was said.
    bool takeRefusal(const RecordId &record, const Error &error);
    void focusField(const QString &field);

Q_SIGNALS:
    /// The person changed this field.
    void edited(const QString &field);
    /// isDirty() is another.
    void dirtyChanged(bool dirty);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Line
    {
        const FieldInfo *field;
        std::unique_ptr<FieldEditor> editor;
        FieldRow *row;
        bool required;
        bool allowed; // may be typed into at all
        bool hidden = false; // not seen in clear, of the record shown
        QAction *lockSign = nullptr;
    };
    void add(const FieldInfo &field, std::unique_ptr<FieldEditor> editor, FieldRow *row, bool must);
    void startGroupOf(const QString &field);
    struct Draft;
    void retranslate();
    bool isOpen(const Line &line) const;
    bool differs(const Line &line, const Cell &value) const;
    bool isTyped(const Line &line, const Cell &value) const;
    static bool isSame(const FieldInfo &field, const Cell &one, const Cell &other);
    static bool saysAlready(const Line &line, const Cell &cell);
    static RecordId idOf(const Row &row);
    void setDirty(bool dirty);
    void takeEdit(const QString &field);
    RecordId shownRecord() const; // null: a new one
    QString draftKey(const RecordId &record) const;
    void keepDraft();
    static void hintHidden(const Line &line);
    void hideFields(const Row &row);
    void openFields();
    Draft unsaved() const;
    void restoreDraft();

    Desk &m_desk;
    const EntityInfo &m_entity;
    FieldForm *m_form;
    std::vector<Line> m_lines;
    std::vector<std::pair<class TextLabel *, Label>> m_sections;
    const FieldGroup *m_group = nullptr; // of the field added last
    FieldValues m_seen;
    Row m_row; // what was shown last
    QString m_draftKey; // empty: one for each record
    bool m_keepsDrafts = false;
    bool m_locksHidden = false;
    bool m_readOnly = false;
    bool m_dirty = false;
    bool m_showing = false;
};

} // namespace keydesk
