// What is typed into a form and not saved: kept per record, and what is left of it after a saving.
#include "ui/pages/record_form.h"

#include <QJsonDocument>

namespace keydesk {

using namespace Qt::StringLiterals;

// What is typed and not saved: what differs, what stood there when it was typed, and the text of
// what cannot be read as a value.
struct RecordForm::Draft
{
    FieldValues patch;
    FieldValues seen;
    FieldValues unread;

    bool isEmpty() const { return patch.empty() && unread.empty(); }
    QString text() const // empty: there is nothing to keep
    {
        if (isEmpty())
            return {};
        Arguments arguments;
        arguments.sets = {{u"patch"_s, patch}, {u"seen"_s, seen}, {u"unread"_s, unread}};
        return QString::fromUtf8(QJsonDocument(arguments.toJson()).toJson(QJsonDocument::Compact));
    }
    static Draft fromText(const QString &text)
    {
        const auto read = Arguments::fromJson(u"draft"_s,
                                              QJsonDocument::fromJson(text.toUtf8()).object());
        if (!read)
            return {};
        const auto set = [&read](const QString &name) {
            const auto found = read->sets.find(name);
            return found == read->sets.end() ? FieldValues() : found->second;
        };
        return {set(u"patch"_s), set(u"seen"_s), set(u"unread"_s)};
    }
};

void RecordForm::takeSaved(const Row &row, const FieldValues &sent)
{
    if (m_locksHidden)
        hideFields(row);
    m_showing = true;
    for (const Line &line : m_lines) {
        const QString &name = line.field->name;
        const Cell &cell = m_entity.cell(row, name);
        const auto value = line.editor->value();
        const auto was = sent.find(name);
        const bool asSent = value && was != sent.end() && *value == was->second;
        if ((asSent || !isOpen(line) || (value && !differs(line, *value)))
            && !saysAlready(line, cell))
            line.editor->set(cell);
        m_seen[name] = cell;
    }
    m_showing = false;
    m_row = row;
    const Draft left = unsaved();
    if (m_keepsDrafts)
        m_desk.workbench.saveDraft(draftKey(shownRecord()), left.text());
    setDirty(!left.isEmpty());
}

void RecordForm::forgetDraft(const RecordId &record)
{
    m_desk.workbench.saveDraft(draftKey(record), {});
}

void RecordForm::forgetSaved(const RecordId &record, const FieldValues &sent, const RecordId &as)
{
    Draft left = Draft::fromText(m_desk.workbench.draft(draftKey(record)));
    const auto row = m_desk.workbench.reader().findRow(m_entity.name(), as);
    for (const auto &[name, value] : sent) {
        const auto typed = left.patch.find(name);
        const bool asSent = typed != left.patch.end()
            && isSame(*m_entity.field(name), typed->second, value);
        if (asSent)
            left.patch.erase(name);
        if (left.patch.contains(name))
            left.seen[name] = row ? m_entity.cell(*row, name) : value; // as it is stored
        else
            left.seen.erase(name);
    }
    forgetDraft(record);
    m_desk.workbench.saveDraft(draftKey(as), left.text());
}

QString RecordForm::draftKey(const RecordId &record) const
{
    if (!m_draftKey.isEmpty())
        return m_draftKey;
    return m_entity.name() + u'/' + (record.isNull() ? u"new"_s : record.text());
}

// What was typed and taken back again leaves nothing to save.
void RecordForm::keepDraft()
{
    if (!m_keepsDrafts || !m_dirty)
        return;
    const Draft draft = unsaved();
    m_desk.workbench.saveDraft(draftKey(shownRecord()), draft.text());
    setDirty(!draft.isEmpty());
}

// What a new record begins with is not typed.
bool RecordForm::isTyped(const Line &line, const Cell &value) const
{
    const QString &name = line.field->name;
    return m_row.empty() || m_seen.contains(name)
        ? differs(line, value)
        : !isSame(*line.field, m_entity.cell(m_row, name), value);
}

RecordForm::Draft RecordForm::unsaved() const
{
    Draft draft;
    draft.unread = unread();
    for (const Line &line : m_lines) {
        const auto value = line.editor->value();
        if (!value || !isOpen(line) || !isTyped(line, *value))
            continue;
        // JSON has no word for a field that was emptied.
        draft.patch[line.field->name] = value->isNull() ? Cell(u""_s) : *value;
        if (const auto seen = m_seen.find(line.field->name); seen != m_seen.end())
            draft.seen[line.field->name] = seen->second;
    }
    return draft;
}

// What stood there when it was typed is what a saving compares with: a change by somebody else in
// between is found as the conflict it is.
void RecordForm::restoreDraft()
{
    const QString text = m_desk.workbench.draft(draftKey(shownRecord()));
    if (text.isEmpty())
        return;
    const Draft draft = Draft::fromText(text);
    m_showing = true;
    for (const Line &line : m_lines) {
        const QString &name = line.field->name;
        if (const auto value = draft.patch.find(name); value != draft.patch.end()) {
            line.editor->set(value->second.isEmpty() ? Cell() : value->second);
            const auto seen = draft.seen.find(name);
            m_seen[name] = seen == draft.seen.end() ? Cell() : seen->second;
        }
    }
    m_showing = false;
    fillUnread(draft.unread);
    setDirty(!draft.isEmpty());
}

FieldValues RecordForm::unread() const
{
    FieldValues texts;
    for (const Line &line : m_lines) {
        const QString text = line.editor->value() ? QString() : line.editor->rawText();
        if (!text.isEmpty())
            texts[line.field->name] = Cell(text);
    }
    return texts;
}

void RecordForm::fillUnread(const FieldValues &texts)
{
    m_showing = true;
    for (const Line &line : m_lines) {
        if (const auto text = texts.find(line.field->name); text != texts.end())
            line.editor->setRawText(text->second.text());
    }
    m_showing = false;
    setDirty(m_dirty || !texts.empty());
}

} // namespace keydesk
