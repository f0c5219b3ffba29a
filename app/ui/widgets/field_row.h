#pragma once

#include <QObject>
#include <QPointer>

class QWidget;

namespace keydesk {

class TextLabel;

// One field of a form: its label with the sign of a required field, its editor, and the line below
// for what is wrong or helpful. The form makes and owns it.
class FieldRow final : public QObject
{
    Q_OBJECT

public:
    /// The editor becomes a child of `form`.
    FieldRow(const QString &label, QWidget *editor, bool required, QWidget *form);

    QWidget *editor() const { return m_editor; }
    void setLabel(const QString &label);
    /// Whether it has a label of its own.
    bool isNamed() const { return !m_name.isEmpty(); }
    void setRequired(bool required);
    bool isRequired() const { return m_required; }
    /// Says what is wrong, outlines the editor, and adds the sentence to its description.
    void setError(const QString &sentence);
    bool hasError() const { return !m_error.isEmpty(); }
    QString error() const { return m_error; }
    /// A quiet line of help, shown while there is no error.
    void setHint(const QString &hint);
    void setVisible(bool visible);

private:
    friend class FieldForm;
    void refresh();

    QString m_name;
    QString m_error;
    QString m_hint;
    bool m_required;
    QWidget *m_labelBox;
    TextLabel *m_label;
    TextLabel *m_star;
    TextLabel *m_message;
    QPointer<QWidget> m_editor;
};

} // namespace keydesk
