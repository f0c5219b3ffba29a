#include "ui/pages/record_dialog.h"

#include "ui/pages/record_form.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/reading_order.h"
#include "ui/widgets/text_label.h"

#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

RecordDialog::RecordDialog(Desk &desk, const QString &entity, const QString &name,
                           const QString &about, const QString &title, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_draftKey(u"dialog/%1/%2"_s.arg(name, about.isEmpty() ? u"new"_s : about))
    , m_hint(new TextLabel(TextRole::Body, Token::Muted, this))
    , m_message(new InlineMessage(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(name);
    setWindowTitle(title);
    resize(600, 560);
    auto *layout = new QVBoxLayout(this);
    m_hint->setWordWrap(true);
    m_hint->hide();
    m_message->hide();
    layout->addWidget(m_hint);
    layout->addWidget(m_message);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *inside = new QWidget(scroll);
    m_inside = new QVBoxLayout(inside);
    m_inside->setContentsMargins(0, 0, 8, 0);
    m_form = new RecordForm(desk, entity, 1, inside);
    m_form->keepDrafts(m_draftKey);
    m_inside->addWidget(m_form);
    m_inside->addStretch(1);
    scroll->setWidget(inside);
    layout->addWidget(scroll, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setObjectName(name + u".ok"_s);
    m_discard = buttons->addButton(tr("Discard"), QDialogButtonBox::ResetRole);
    m_discard->setObjectName(name + u".discard"_s);
    m_discard->setAutoDefault(false);
    m_discard->hide();
    connect(m_discard, &QPushButton::clicked, m_form, &RecordForm::discard);
    connect(m_form, &RecordForm::dirtyChanged, m_discard, &QPushButton::setVisible);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &RecordDialog::confirm);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *finish = new QShortcut(QKeySequence(u"Ctrl+Return"_s), this);
    connect(finish, &QShortcut::activated, this, &RecordDialog::confirm);
}

void RecordDialog::addFields(const QStringList &fields)
{
    m_form->addGroupedFields(fields);
    if (fields.size() > RecordForm::manyFields)
        resize(820, 560);
}

void RecordDialog::setHint(const QString &hint)
{
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
}

QPlainTextEdit &RecordDialog::addText(const QString &name, const QString &label)
{
    auto *caption = new TextLabel(label, TextRole::Body, Token::Text2, this);
    auto *text = new QPlainTextEdit(this);
    text->setObjectName(name);
    text->setAccessibleName(label);
    text->setTabChangesFocus(true);
    text->setFixedHeight(text->fontMetrics().lineSpacing() * 3 + 16);
    caption->setBuddy(text);
    m_inside->insertWidget(m_inside->count() - 2, caption);
    m_inside->insertWidget(m_inside->count() - 2, text);
    text->setPlainText(m_desk.workbench.draft(textKey()));
    text->moveCursor(QTextCursor::End);
    connect(text, &QPlainTextEdit::textChanged, this,
            [this, text] { m_desk.workbench.saveDraft(textKey(), text->toPlainText()); });
    connect(m_discard, &QPushButton::clicked, text, &QPlainTextEdit::clear);
    text->setFocus();
    return *text;
}

// Texts are added below the form after the buttons were made.
bool RecordDialog::focusNextPrevChild(bool next)
{
    return focusNeighbourStop(*this, next);
}

QString RecordDialog::textKey() const
{
    return m_draftKey + u"/text"_s;
}

void RecordDialog::confirm()
{
    if (m_running)
        return;
    const auto typed = m_form->patch();
    if (!typed)
        return;
    const CommandCall call = m_makeCall(*typed);
    m_running = true;
    m_desk.workbench.run(call,
                         [this, alive = QPointer(this), workbench = &m_desk.workbench, call,
                          keys = QStringList{m_draftKey, textKey()}](
                             const Result<RunOutcome> &outcome) {
                             for (const QString &key : keys) {
                                 if (outcome)
                                     workbench->saveDraft(key, {});
                             }
                             if (!alive)
                                 return;
                             m_running = false;
                             if (!outcome) {
                                 if (!m_form->showRefusal(outcome.error()))
                                     m_message->showMessage(BadgeKind::Danger,
                                                            outcome.error().text());
                                 return;
                             }
                             m_form->endDrafts(); // a date is put in order when it is left
                             accept();
                             if (m_then)
                                 m_then(call, *outcome);
                         });
}

} // namespace keydesk
