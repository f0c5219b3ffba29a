#include "ui/pages/caller_file.h"

#include "base/both_words.h"
#include "base/date_text.h"
#include "domain/note.h"
#include "domain/opportunity.h"
#include "ui/pages/opportunity_progress.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QListWidget>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int contactsShown = 3;
constexpr int opportunitiesInSight = 4; // the others are scrolled to

} // namespace

CallerFile::CallerFile(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_openTitle(new TextLabel(TextRole::Caption, Token::Muted, this))
    , m_open(new QListWidget(this))
    , m_lastTitle(new TextLabel(TextRole::Caption, Token::Muted, this))
    , m_last(new TextLabel(TextRole::Body, Token::Text2, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_open->setObjectName(u"hotline.callerOpportunities"_s);
    m_open->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // it would hide the one line
    m_last->setObjectName(u"hotline.callerContacts"_s);
    m_last->setWordWrap(true);
    for (QWidget *part : std::initializer_list<QWidget *>{m_openTitle, m_open, m_lastTitle, m_last})
        layout->addWidget(part);
    connect(m_open, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) {
        m_desk.openRecord(u"opportunity"_s, item->data(Qt::UserRole).toString());
    });
    connect(&desk.workbench, &Workbench::changed, this, [this](const ChangeSet &changes) {
        if (!m_account.isEmpty()
            && (changes.touches(u"opportunity"_s) || changes.touches(u"note"_s)))
            refresh();
    });
    refresh();
}

void CallerFile::show(const QString &account)
{
    m_account = account;
    refresh();
}

int CallerFile::openOpportunities() const
{
    return m_open->count();
}

void CallerFile::refresh()
{
    addOpportunities();
    addContacts();
    m_openTitle->setText(tr("Open opportunities; Enter opens"));
    m_open->setAccessibleName(tr("Open opportunities of the caller"));
    m_lastTitle->setText(tr("Last contacts"));
    const bool open = m_open->count() > 0;
    const bool contacts = !m_last->text().isEmpty();
    m_openTitle->setVisible(open);
    m_open->setVisible(open);
    m_lastTitle->setVisible(contacts);
    m_last->setVisible(contacts);
    setVisible(open || contacts);
}

void CallerFile::addOpportunities()
{
    m_open->clear();
    Workbench &workbench = m_desk.workbench;
    if (m_account.isEmpty() || !workbench.isReady())
        return;
    const EntityInfo &entity = workbench.catalog().entity(u"opportunity"_s);
    for (const Row &row : workbench.reader().store().select(
             entity,
             "account_id = ? AND closed_at IS NULL AND deleted_at IS NULL ORDER BY created_at DESC",
             {Cell(m_account)})) {
        const auto opportunity = fromRow<Opportunity>(row);
        auto *item = new QListWidgetItem(opportunity.title + u"  ·  "_s
                                             + progressText(opportunity, m_desk.lookup),
                                         m_open);
        item->setData(Qt::UserRole, opportunity.id.text());
        item->setToolTip(item->text());
    }
    if (m_open->count() > 0)
        m_open->setFixedHeight(std::min(m_open->count(), opportunitiesInSight)
                                   * m_open->sizeHintForRow(0)
                               + 2 * m_open->frameWidth() + 2);
}

void CallerFile::addContacts()
{
    Workbench &workbench = m_desk.workbench;
    QStringList lines;
    if (!m_account.isEmpty() && workbench.isReady()) {
        const EntityInfo &entity = workbench.catalog().entity(u"note"_s);
        for (const Row &row :
             workbench.reader()
                 .store()
                 .select(entity, "account_id = ? AND deleted_at IS NULL ORDER BY at DESC LIMIT ?",
                         {Cell(m_account), Cell(qint64(contactsShown))})) {
            const auto note = fromRow<Note>(row);
            lines.append(formatInstant(note.at, businessZone()) + u"  "_s + labelOf(note.kind)
                         + u"  "_s + m_desk.lookup.title(u"staff"_s, note.authorId.text()) + u": "_s
                         + chosenWords(note.body).section(u'\n', 0, 0));
        }
    }
    m_last->setText(lines.join(u'\n'));
}

void CallerFile::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace keydesk
