#include "ui/pages/ask_dialog.h"

#include "commands/rights.h"
#include "domain/area.h"
#include "domain/team.h"
#include "ui/widgets/inline_message.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

QString askKey(const QString &act, const QString &about)
{
    return u"ask/%1/%2"_s.arg(act, about);
}

} // namespace

AskDialog::AskDialog(Desk &desk, const QString &act, const QString &about, const QString &title,
                     const QString &question, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_draftKey(askKey(act, about))
    , m_message(new InlineMessage(this))
    , m_choice(new QComboBox(this))
    , m_second(new QLineEdit(this))
    , m_text(new QPlainTextEdit(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"ask"_s);
    setWindowTitle(title);
    resize(440, 260);
    auto *layout = new QVBoxLayout(this);
    auto *label = new QLabel(question, this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setBuddy(m_text);
    layout->addWidget(label);
    m_message->setObjectName(u"ask.message"_s);
    m_message->hide();
    layout->addWidget(m_message);
    layout->addWidget(m_choice);
    layout->addWidget(m_second);
    layout->addWidget(m_text, 1);
    m_choice->hide();
    m_second->hide();
    m_choice->setObjectName(u"ask.choice"_s);
    m_second->setObjectName(u"ask.second"_s);
    m_text->setObjectName(u"ask.text"_s);
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(question);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setObjectName(u"ask.ok"_s);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &AskDialog::confirm);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *finish = new QShortcut(QKeySequence(u"Ctrl+Return"_s), this);
    connect(finish, &QShortcut::activated, this, &AskDialog::confirm);
    restoreDraft();
    connect(m_text, &QPlainTextEdit::textChanged, this, &AskDialog::keepDraft);
    connect(m_second, &QLineEdit::textEdited, this, &AskDialog::keepDraft);
    connect(m_choice, &QComboBox::activated, this, &AskDialog::keepDraft);
    m_text->setFocus();
}

void AskDialog::forget(Workbench &workbench, const QString &act, const QString &about)
{
    workbench.saveDraft(askKey(act, about), {});
}

void AskDialog::keepDraft()
{
    Arguments draft;
    draft.values = {{u"text"_s, Cell(m_text->toPlainText())},
                    {u"second"_s, Cell(m_second->text())}};
    if (!m_choice->isHidden())
        draft.values[u"choice"_s] = Cell(choice());
    const bool nothing = m_text->toPlainText().isEmpty() && m_second->text().isEmpty();
    m_desk.workbench.saveDraft(m_draftKey,
                               nothing ? QString()
                                       : QString::fromUtf8(QJsonDocument(draft.toJson())
                                                               .toJson(QJsonDocument::Compact)));
}

void AskDialog::restoreDraft()
{
    const QByteArray body = m_desk.workbench.draft(m_draftKey).toUtf8();
    const auto draft = Arguments::fromJson(u"draft"_s, QJsonDocument::fromJson(body).object());
    if (body.isEmpty() || !draft)
        return;
    const auto kept = [&draft](const QString &name) {
        const auto found = draft->values.find(name);
        return found == draft->values.end() ? QString() : found->second.text();
    };
    m_text->setPlainText(kept(u"text"_s));
    m_text->moveCursor(QTextCursor::End);
    m_second->setText(kept(u"second"_s));
    m_keptChoice = kept(u"choice"_s);
}

void AskDialog::setChoices(std::span<const EnumKey> keys)
{
    for (const EnumKey &key : keys) {
        if (qstrcmp(key.key, "none") != 0)
            m_choice->addItem(key.label.text(), QString::fromLatin1(key.key));
    }
    m_choice->setCurrentIndex(std::max(0, m_choice->findData(m_keptChoice)));
    m_choice->show();
    m_choice->setFocus();
}

void AskDialog::setSecondQuestion(const QString &question)
{
    m_second->setPlaceholderText(question);
    m_second->setAccessibleName(question);
    m_second->show();
}

QString AskDialog::text() const
{
    return m_text->toPlainText().trimmed();
}

QString AskDialog::choice() const
{
    return m_choice->currentData().toString();
}

QString AskDialog::secondAnswer() const
{
    return m_second->text().trimmed();
}

void AskDialog::confirm()
{
    if (m_running)
        return;
    if (text().isEmpty() && m_choice->isHidden()) {
        m_text->setFocus();
        return;
    }
    if (!m_makeCall) {
        Q_EMIT answered(text());
        return accept();
    }
    const auto call = m_makeCall(*this);
    if (call)
        return runCall(*call);
    m_message->showMessage(BadgeKind::Danger, call.error().text());
    if (m_second->isVisible())
        m_second->setFocus();
}

void AskDialog::runCall(const CommandCall &call)
{
    m_running = true;
    m_desk.workbench.run(call,
                         [this, alive = QPointer(this), call](const Result<RunOutcome> &outcome) {
                             if (!alive)
                                 return;
                             m_running = false;
                             if (!outcome)
                                 return m_message->showMessage(BadgeKind::Danger,
                                                               outcome.error().text());
                             m_desk.workbench.saveDraft(m_draftKey, {});
                             accept();
                             if (m_then)
                                 m_then(call, *outcome);
                         });
}

RecordId operationsQueueOf(Workbench &workbench, const RecordId &area)
{
    const EntityInfo &entity = workbench.catalog().entity(QString::fromLatin1(Schema<Team>::table));
    const EntityInfo &areas = workbench.catalog().entity(QString::fromLatin1(Schema<Area>::table));
    RowStore &store = workbench.reader().store();
    const auto centres = store.select(
        entity, "deleted_at IS NULL AND has_queue = 1 AND active = 1 AND kind = ? ORDER BY code",
        {Cell(keyOf(TeamKind::OperationsCentre))});
    // The area's own, else the nearest above: no other takes it back.
    RecordId at = area;
    for (int depth = 0; depth < maxAreaDepth; ++depth) {
        for (const Row &row : centres) {
            const Team team = fromRow<Team>(row);
            if (team.areaId == at)
                return team.id;
        }
        const auto above = at.isNull() ? std::nullopt : store.find(areas, at);
        if (at.isNull())
            break;
        at = above ? RecordId(fromRow<Area>(*above).parentId) : RecordId();
    }
    return {};
}

} // namespace keydesk
