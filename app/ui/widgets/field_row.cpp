#include "ui/widgets/field_row.h"

#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QRegularExpression>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace keydesk {

FieldRow::FieldRow(const QString &label, QWidget *editor, bool required, QWidget *form)
    : QObject(form)
    , m_required(required)
    , m_labelBox(new QWidget(form))
    , m_label(new TextLabel(TextRole::Body, Token::Text2))
    , m_star(new TextLabel(u"*"_s, TextRole::Body, Token::DangerFg))
    , m_message(new TextLabel(TextRole::Caption, Token::Text2, form))
    , m_editor(editor)
{
    auto *box = new QHBoxLayout(m_labelBox);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(3);
    box->addWidget(m_label);
    box->addWidget(m_star);
    box->addStretch();
    m_message->setWordWrap(true);
    editor->setParent(form);
    editor->show();
    m_label->setBuddy(editor);
    setLabel(label);
}

void FieldRow::setLabel(const QString &label)
{
    static const QRegularExpression mnemonic(u"\\(&.\\)|&(?=\\w)"_s);
    m_label->setText(label);
    m_name = QString(label).remove(mnemonic);
    refresh();
}

void FieldRow::setRequired(bool required)
{
    m_required = required;
    refresh();
}

void FieldRow::setError(const QString &sentence)
{
    m_error = sentence;
    refresh();
}

void FieldRow::setHint(const QString &hint)
{
    m_hint = hint;
    refresh();
}

void FieldRow::setVisible(bool visible)
{
    m_labelBox->setVisible(visible);
    m_editor->setVisible(visible);
    m_message->setVisible(visible && !m_message->text().isEmpty());
}

void FieldRow::refresh()
{
    if (!m_editor)
        return;
    m_star->setVisible(m_required && isNamed());
    m_message->setText(hasError() ? m_error : m_hint);
    m_message->setToken(hasError() ? Token::DangerFg : Token::Text2);
    m_message->setVisible(!m_message->text().isEmpty() && !m_editor->isHidden());
    if (isNamed())
        m_editor->setAccessibleName(m_required ? tr("%1, required").arg(m_name) : m_name);
    m_editor->setAccessibleDescription(m_message->text());
    KeydeskStyle::setInvalid(m_editor, hasError());
}

} // namespace keydesk
