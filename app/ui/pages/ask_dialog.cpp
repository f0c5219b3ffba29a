#include "ui/pages/ask_dialog.h"

#include "commands/rights.h"
#include "domain/area.h"
#include "domain/team.h"
#include "workbench.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

AskDialog::AskDialog(const QString &title, const QString &question, QWidget *parent)
    : QDialog(parent)
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
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setObjectName(u"ask.ok"_s);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &AskDialog::confirm);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *finish = new QShortcut(QKeySequence(u"Ctrl+Return"_s), this);
    connect(finish, &QShortcut::activated, this, &AskDialog::confirm);
    m_text->setFocus();
}

void AskDialog::setChoices(std::span<const EnumKey> keys)
{
    for (const EnumKey &key : keys) {
        if (qstrcmp(key.key, "none") != 0)
            m_choice->addItem(key.label.text(), QString::fromLatin1(key.key));
    }
    m_choice->show();
    m_choice->setFocus();
}

void AskDialog::setSecondQuestion(const QString &question)
{
    m_second->setPlaceholderText(question);
    m_second->setAccessibleName(question);
    m_second->show();
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
    const QString text = m_text->toPlainText().trimmed();
    if (text.isEmpty() && m_choice->isHidden()) {
        m_text->setFocus();
        return;
    }
    Q_EMIT answered(text);
    accept();
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
