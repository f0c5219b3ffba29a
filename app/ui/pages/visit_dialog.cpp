#include "ui/pages/visit_dialog.h"

#include "base/date_text.h"
#include "commands/record_commands.h"
#include "commands/task_commands.h"
#include "domain/contact.h"
#include "ui/widgets/date_edit.h"
#include "ui/widgets/field_form.h"
#include "ui/widgets/field_row.h"
#include "ui/widgets/instant_edit.h"
#include "ui/widgets/reading_order.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

VisitDialog::VisitDialog(Desk &desk, const RecordId &account, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_account(account)
    , m_draftKey(u"visit/"_s + account.text())
    , m_form(new FieldForm(this))
    , m_at(new InstantEdit(m_form))
    , m_person(new QComboBox(m_form))
    , m_text(new QPlainTextEdit(m_form))
    , m_next(new QLineEdit(m_form))
    , m_nextOn(new DateEdit(m_form))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"visit"_s);
    setWindowTitle(
        tr("Log a visit: %1", "customer").arg(desk.lookup.title(u"account"_s, account.text())));
    resize(560, 420);
    build();
    fillPeople();
    m_at->setValue(Instant{desk.ticker.nowMs()});
    restoreDraft();
    for (const QLineEdit *line : {static_cast<QLineEdit *>(&m_at->dateEdit()), &m_at->timeEdit(),
                                  m_next, static_cast<QLineEdit *>(m_nextOn)})
        connect(line, &QLineEdit::textChanged, this, &VisitDialog::keepDraft);
    connect(m_text, &QPlainTextEdit::textChanged, this, &VisitDialog::keepDraft);
    connect(m_person, &QComboBox::activated, this, &VisitDialog::keepDraft);
    m_text->setFocus();
}

QString VisitDialog::draftText(const QString &said) const
{
    if (said.isEmpty() && m_next->text().isEmpty() && m_nextOn->text().isEmpty())
        return {};
    Arguments draft;
    draft.values = {{u"at"_s, Cell(m_at->rawText())},
                    {u"person"_s, Cell(m_person->currentData().toString())},
                    {u"text"_s, Cell(said)},
                    {u"next"_s, Cell(m_next->text())},
                    {u"next_on"_s, Cell(m_nextOn->text())}};
    return QString::fromUtf8(QJsonDocument(draft.toJson()).toJson(QJsonDocument::Compact));
}

void VisitDialog::keepDraft()
{
    if (m_sent)
        return;
    m_desk.workbench.saveDraft(m_draftKey, draftText(m_noted ? QString() : m_text->toPlainText()));
}

void VisitDialog::restoreDraft()
{
    const QByteArray body = m_desk.workbench.draft(m_draftKey).toUtf8();
    const auto draft = Arguments::fromJson(u"draft"_s, QJsonDocument::fromJson(body).object());
    if (body.isEmpty() || !draft)
        return;
    const auto kept = [&draft](const QString &name) {
        const auto found = draft->values.find(name);
        return found == draft->values.end() ? QString() : found->second.text();
    };
    m_at->setRawText(kept(u"at"_s));
    m_person->setCurrentIndex(std::max(0, m_person->findData(kept(u"person"_s))));
    m_text->setPlainText(kept(u"text"_s));
    m_text->moveCursor(QTextCursor::End);
    m_next->setText(kept(u"next"_s));
    m_nextOn->setText(kept(u"next_on"_s));
}

void VisitDialog::build()
{
    m_at->setObjectName(u"visit.at"_s);
    m_at->setDefaultTime(QTime(9, 0));
    m_person->setObjectName(u"visit.person"_s);
    m_text->setObjectName(u"visit.text"_s);
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * 5 + 16);
    m_next->setObjectName(u"visit.next"_s);
    m_nextOn->setObjectName(u"visit.nextOn"_s);
    m_nextOn->setToday([this] { return businessDate({m_desk.ticker.nowMs()}); });
    m_atRow = m_form->addRow(tr("When"), m_at, true);
    m_form->addRow(tr("Whom you met"), m_person);
    m_textRow = m_form->addWideRow(tr("What was said"), m_text, true);
    m_nextRow = m_form->addRow(tr("Next step"), m_next);
    m_nextOnRow = m_form->addRow(tr("Next step on"), m_nextOn);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setObjectName(u"visit.ok"_s);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_form);
    layout->addStretch(1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &VisitDialog::confirm);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *finish = new QShortcut(QKeySequence(u"Ctrl+Return"_s), this);
    connect(finish, &QShortcut::activated, this, &VisitDialog::confirm);
}

// The customer's own people: few enough to choose with the arrows or a first letter.
void VisitDialog::fillPeople()
{
    m_person->addItem(tr("Nobody on file"), QString());
    for (const Row &row : m_desk.workbench.reader()
                              .store()
                              .select(m_desk.workbench.catalog().entity(u"contact"_s),
                                      "account_id = ? AND deleted_at IS NULL ORDER BY name",
                                      {Cell(m_account.text())})) {
        const auto person = fromRow<Contact>(row);
        m_person->addItem(person.jobTitle.isEmpty() ? person.name
                                                    : person.name + u"  "_s + person.jobTitle,
                          person.id.text());
    }
}

bool VisitDialog::check()
{
    m_form->clearErrors();
    const auto at = m_at->value();
    if (!at)
        m_atRow->setError(tr("Please give the day of the visit."));
    else if (at->ms > m_desk.ticker.nowMs())
        m_atRow->setError(tr("A visit lies in the past; make a task of one to come."));
    if (m_text->toPlainText().trimmed().isEmpty())
        m_textRow->setError(tr("Please write what was said."));
    if (!m_nextOn->hasAcceptableText())
        m_nextOnRow->setError(tr("This is no date: 2026-01-31, +3, next tue."));
    else if (m_nextOn->date() && m_next->text().trimmed().isEmpty())
        m_nextRow->setError(tr("Please say what is to be done on that day."));
    return !m_form->focusFirstError();
}

void VisitDialog::confirm()
{
    if (m_running || !check())
        return;
    if (m_noted)
        return addTask();
    const QString person = m_person->currentData().toString();
    AddNote note;
    note.entity = person.isEmpty() ? u"account"_s : u"contact"_s;
    note.record = person.isEmpty() ? m_account : RecordId(person);
    note.body = m_text->toPlainText().trimmed();
    note.kind = NoteKind::Visit;
    note.at = m_at->value().value_or(Instant());
    m_running = true;
    m_desk.workbench.run(callOf(note),
                         [this, alive = QPointer(this), desk = &m_desk, key = m_draftKey,
                          left = draftText({})](const Result<RunOutcome> &outcome) {
                             if (outcome) // what is left is the next step
                                 desk->workbench.saveDraft(key, left);
                             if (!alive)
                                 return;
                             m_running = false;
                             if (!outcome)
                                 return m_textRow->setError(outcome.error().text());
                             noteTaken();
                         });
}

void VisitDialog::noteTaken()
{
    m_noted = true;
    for (QWidget *done : std::initializer_list<QWidget *>{m_at, m_person, m_text})
        done->setEnabled(false);
    m_desk.toasts.show(tr("Visit logged; it is sent by itself."), BadgeKind::Ok);
    addTask();
}

// Without a next step there is none. One that is refused stays here to be put right, or given up.
void VisitDialog::addTask()
{
    if (m_next->text().trimmed().isEmpty())
        return finish();
    const QDate today = businessDate({m_desk.ticker.nowMs()});
    const QDate due = m_nextOn->date().value_or(today.addDays(1));
    CreateTask task;
    task.values = {{u"title"_s, Cell(m_next->text().trimmed())},
                   {u"subject_entity"_s, Cell(u"account"_s)},
                   {u"subject_id"_s, Cell(m_account.text())},
                   {u"due_at"_s, Cell(nineOn(due).ms)}};
    m_running = true;
    m_desk.workbench.run(callOf(task),
                         [this, alive = QPointer(this), desk = &m_desk,
                          key = m_draftKey](const Result<RunOutcome> &outcome) {
                             if (outcome)
                                 desk->workbench.saveDraft(key, {});
                             if (!alive && !outcome)
                                 desk->toasts.show(outcome.error().text(), BadgeKind::Danger);
                             if (!alive)
                                 return;
                             m_running = false;
                             if (outcome)
                                 return finish();
                             m_nextRow->setError(outcome.error().text());
                             m_form->focusFirstError();
                         });
}

// A date is put in order when it is left: no draft any more.
void VisitDialog::finish()
{
    m_sent = true;
    m_desk.workbench.saveDraft(m_draftKey, {});
    accept();
}

bool VisitDialog::focusNextPrevChild(bool next)
{
    return focusNeighbourStop(*this, next);
}

} // namespace keydesk
