#pragma once

#include "ui/shell/workspace.h"

namespace keydesk {

// One editor made from a line of the field table: the right control for the kind, reading and
// writing a Cell. Forms are built of these, so that no page lists an entity's fields a second time.
class FieldEditor
{
public:
    virtual ~FieldEditor() = default;
    virtual QWidget *widget() const = 0;
    virtual void set(const Cell &value) = 0;
    /// The value typed; an error names what is wrong with it.
    virtual Result<Cell> value() const = 0;
    /// What stands in a field that is typed into, readable or not; empty for the others.
    virtual QString rawText() const { return {}; }
    /// Puts such a text back, as it was typed.
    virtual void setRawText(const QString &text) { Q_UNUSED(text) }
    /// Called whenever the person changed something.
    std::function<void()> edited;
};

/// The editor for this field; `parent` owns the widget.
std::unique_ptr<FieldEditor> makeFieldEditor(const FieldInfo &field, Desk &desk, QWidget *parent);

} // namespace keydesk
