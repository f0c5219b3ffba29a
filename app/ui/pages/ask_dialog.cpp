#include "ui/pages/ask_dialog.h"

#include "base/both_words.h"
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
    , m_target(new QComboBox(this))
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
    layout->addWidget(m_target);
    layout->addWidget(m_text, 1);
    m_choice->hide();
    m_second->hide();
    m_target->hide();
    m_choice->setObjectName(u"ask.choice"_s);
    m_second->setObjectName(u"ask.second"_s);
    m_target->setObjectName(u"ask.target"_s);
    m_choice->setAccessibleName(question);
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

void AskDialog::setDone(const QString &said)
{
    m_then = [toasts = &m_desk.toasts, said](const CommandCall &, const RunOutcome &) {
        toasts->show(said, BadgeKind::Ok);
    };
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

// A chosen reason first, then what was typed to it.
QString AskDialog::text() const
{
    const QString typed = m_text->toPlainText().trimmed();
    const QString why = m_hasReasons ? choice() : QString();
    if (why.isEmpty() || typed.isEmpty())
        return why + typed;
    return bothWords(chosenWords(why, QLocale::Chinese) + u"："_s + typed,
                     chosenWords(why, QLocale::English) + u": "_s + typed);
}

void AskDialog::setReasons(const QList<Label> &offered)
{
    for (const Label &one : offered)
        m_choice->addItem(one.text(), one.argument());
    m_choice->addItem(tr("Another reason, as written below"), QString());
    m_hasReasons = true;
    if (const int kept = m_choice->findData(m_keptChoice); kept >= 0 && !m_keptChoice.isEmpty())
        m_choice->setCurrentIndex(kept);
    m_choice->show();
    m_choice->setFocus();
}

void AskDialog::setTargets(const QString &question,
                           const QList<std::pair<QString, QString>> &targets)
{
    for (const auto &[key, words] : targets)
        m_target->addItem(words, key);
    m_target->setAccessibleName(question);
    m_target->setToolTip(question);
    m_target->setVisible(targets.size() > 1);
}

QString AskDialog::target() const
{
    return m_target->currentData().toString();
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
    if (text().isEmpty() && (m_hasReasons || m_choice->isHidden())) {
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

QList<Label> returnReasons()
{
    return {{"客户不属于本人或本单位", "Not a customer of mine or of my unit"},
            {"产品或技能不匹配", "Product or skill does not fit"},
            {"客户联系不上", "The customer cannot be reached"},
            {"客户已由他人负责", "Somebody else looks after the customer"},
            {"资料有误或不全", "What is recorded is wrong or incomplete"},
            {"本人工作量已满", "I have no room for it"}};
}

QList<std::pair<QString, QString>> returnTargets(Workbench &workbench, const RecordId &area)
{
    const EntityInfo &entity = workbench.catalog().entity(QString::fromLatin1(Schema<Team>::table));
    const EntityInfo &areas = workbench.catalog().entity(QString::fromLatin1(Schema<Area>::table));
    RowStore &store = workbench.reader().store();
    const auto centres = store.select(
        entity, "deleted_at IS NULL AND has_queue = 1 AND active = 1 AND kind = ? ORDER BY code",
        {Cell(keyOf(TeamKind::OperationsCentre))});
    QList<std::pair<QString, QString>> targets;
    // The area's own first, then those above.
    RecordId at = area;
    for (int depth = 0; depth < maxAreaDepth; ++depth) {
        for (const Row &row : centres) {
            const Team team = fromRow<Team>(row);
            if (team.areaId == at)
                targets.append({team.id.text(), team.name});
        }
        if (at.isNull())
            break;
        const auto above = store.find(areas, at);
        at = above ? RecordId(fromRow<Area>(*above).parentId) : RecordId();
    }
    return targets;
}

RecordId operationsQueueOf(Workbench &workbench, const RecordId &area)
{
    const auto targets = returnTargets(workbench, area);
    return targets.isEmpty() ? RecordId() : RecordId(targets.constFirst().first);
}

} // namespace keydesk
