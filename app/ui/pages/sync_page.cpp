#include "ui/pages/sync_page.h"

#include "base/date_text.h"
#include "base/money_text.h"
#include "query/live_query.h"
#include "ui/pages/command_text.h"
#include "ui/pages/conflict_panel.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QHeaderView>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// Which command a line of the tree stands for.
enum LineRole { RejectedRole = Qt::UserRole, QueuedRole };

} // namespace

SyncPage::SyncPage(Desk &desk, QWidget *parent)
    : Workspace(desk, parent)
    , m_header(new PageHeader(this))
    , m_message(new InlineMessage(this))
    , m_list(new QTreeWidget(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->addWidget(m_header);
    layout->addWidget(m_message);
    auto *across = new QSplitter(Qt::Horizontal, this);
    across->setChildrenCollapsible(false);
    layout->addWidget(across, 1);
    across->addWidget(m_list);
    m_list->setObjectName(u"sync.list"_s);
    m_list->setRootIsDecorated(false);
    m_list->setColumnCount(3);
    m_list->header()->setStretchLastSection(false);
    // The reason may be long and is told in full beside the list; what it is about may not be cut.
    m_list->header()->resizeSection(0, fontMetrics().horizontalAdvance(u'0') * 24);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_queue = new QTreeWidgetItem(m_list);
    m_refused = new QTreeWidgetItem(m_list);
    buildDetail(*across);
    across->setStretchFactor(0, 3);
    across->setStretchFactor(1, 2);
    buildActs();
    connect(m_list, &QTreeWidget::currentItemChanged, this, &SyncPage::showCurrent);
    const auto follow = [this] {
        if (isVisible()) // arriving reads it anew
            refresh();
    };
    connect(&workbench(), &Workbench::queueChanged, this, follow);
    connect(&workbench(), &Workbench::statusChanged, this, follow);
    watchHeld();
    retranslate();
}

void SyncPage::buildDetail(QSplitter &across)
{
    m_detail = new QWidget(&across);
    auto *detailLayout = new QVBoxLayout(m_detail);
    detailLayout->setContentsMargins(16, 0, 0, 0);
    m_title = new TextLabel(TextRole::Section, Token::Text, m_detail);
    m_title->setBold(true);
    m_title->setWordWrap(true);
    detailLayout->addWidget(m_title);
    m_reason = new TextLabel(TextRole::Body, Token::Text, m_detail);
    m_reason->setObjectName(u"sync.reason"_s);
    m_reason->setWordWrap(true);
    m_reason->setTextInteractionFlags(Qt::TextSelectableByKeyboard | Qt::TextSelectableByMouse);
    detailLayout->addWidget(m_reason);
    m_conflict = new ConflictPanel(desk(), m_detail);
    detailLayout->addWidget(m_conflict);
    connect(m_conflict, &ConflictPanel::settledChanged, this, &SyncPage::showRetry);
    connect(m_conflict, &ConflictPanel::chosen, this,
            [this](const CaseSettlement::Conflict &conflict, const Cell &value) {
                m_settlement.choose(conflict, value);
            });
    m_rows = new QVBoxLayout;
    detailLayout->addLayout(m_rows);
    m_retry = new QPushButton(m_detail);
    m_retry->setObjectName(u"sync.retry"_s);
    m_discard = new QPushButton(m_detail);
    m_discard->setObjectName(u"sync.discard"_s);
    m_withdraw = new QPushButton(m_detail);
    m_withdraw->setObjectName(u"sync.withdraw"_s);
    connect(m_withdraw, &QPushButton::clicked, this, &SyncPage::withdraw);
    detailLayout->addWidget(m_withdraw, 0, Qt::AlignLeft);
    detailLayout->addWidget(m_retry, 0, Qt::AlignLeft);
    detailLayout->addWidget(m_discard, 0, Qt::AlignLeft);
    detailLayout->addStretch(1);
    connect(m_retry, &QPushButton::clicked, this, &SyncPage::retry);
    connect(m_discard, &QPushButton::clicked, this, &SyncPage::discard);
}

void SyncPage::buildActs()
{
    m_now = addPageAction("sync.now", u"refresh-cw"_s, {}, [this] { workbench().syncNow(); });
    m_header->addButton(m_now, Prominence::Primary);
    m_retryAct = addPageAction("sync.retry", u"redo-2"_s, Qt::Key_R, [this] { retry(); });
    m_discardAct = addPageAction("sync.discard", u"trash-2"_s, Qt::Key_X, [this] { discard(); });
    m_discardAct->setShortcutContext(Qt::WidgetShortcut); // of the list, whose line it means
    m_list->addAction(m_discardAct);
    m_choices[0] = addPageAction("sync.mine", u"user-check"_s, Qt::Key_1,
                                 [this] { m_conflict->chooseMine(); });
    m_choices[1] = addPageAction("sync.theirs", u"cloud-check"_s, Qt::Key_2,
                                 [this] { m_conflict->chooseTheirs(); });
    m_choices[2] = addPageAction("sync.edit", u"pencil"_s, Qt::Key_3,
                                 [this] { m_conflict->startEditing(); });
}

void SyncPage::retranslate()
{
    m_header->setTitle(tr("Sync centre"));
    m_list->setHeaderLabels({tr("What"), tr("Since"), tr("State")});
    m_list->setAccessibleName(tr("Queue and refused commands"));
    m_retry->setText(tr("Send again"));
    m_discard->setText(tr("Discard what I typed"));
    m_withdraw->setText(tr("Take back before it is sent"));
    m_now->setText(tr("Sync now"));
    m_retryAct->setText(m_retry->text());
    m_discardAct->setText(m_discard->text());
    m_choices[0]->setText(tr("Conflict: keep mine"));
    m_choices[1]->setText(tr("Conflict: take the server's value"));
    m_choices[2]->setText(tr("Conflict: edit"));
    m_shown = 0; // in the other language
    refresh();
}

void SyncPage::arrive()
{
    refresh();
    m_list->setFocus();
}

void SyncPage::addQueued()
{
    const auto before = currentQueued();
    qDeleteAll(m_queue->takeChildren());
    for (const QueuedCommand &queued : workbench().queue()) {
        if (queued.answered)
            continue;
        auto *item = new QTreeWidgetItem(m_queue);
        item->setText(0, commandTitle(queued.call, workbench(), desk().lookup));
        item->setData(0, QueuedRole, queued.localNo);
        item->setText(1, formatInstant(queued.created, businessZone()).mid(5));
        item->setText(2,
                      queued.doubtful   ? queued.doubtful->text()
                          : queued.sent ? tr("sent, waiting for the server")
                                        : labelOf(SyncWord::Queued));
        if (before && before->localNo == queued.localNo)
            m_list->setCurrentItem(item);
    }
    m_queue->setText(0, tr("Queue (%1)").arg(m_queue->childCount()));
    m_queue->setExpanded(true);
}

QTreeWidgetItem *SyncPage::addCase(const RejectedCommand &rejected, QTreeWidgetItem *parent)
{
    auto *item = new QTreeWidgetItem(parent);
    item->setText(0, commandTitle(rejected.call, workbench(), desk().lookup));
    item->setText(1, formatInstant(rejected.at, businessZone()).mid(5));
    item->setText(2, refusalText(rejected, workbench()));
    item->setData(0, RejectedRole, rejected.localNo);
    return item;
}

// What depends on the same records is one case: its first command, the later ones below it.
void SyncPage::addRejected()
{
    const auto before = current();
    qDeleteAll(m_refused->takeChildren());
    const std::vector<RejectedCommand> all = workbench().rejected();
    for (const auto &together : casesOf(all)) {
        QTreeWidgetItem *first = nullptr;
        for (const RejectedCommand &rejected : together) {
            QTreeWidgetItem *item = addCase(rejected, first ? first : m_refused);
            first = first ? first : item;
            if (before && before->localNo == rejected.localNo)
                m_list->setCurrentItem(item);
        }
        first->setExpanded(true);
    }
    m_refused->setText(0, tr("Needs you (%1)").arg(all.size()));
    m_refused->setExpanded(true);
}

void SyncPage::refresh()
{
    {
        // The same command stays the current one, as another item of the list.
        const QSignalBlocker quiet(m_list);
        addRejected();
        addQueued();
    }
    const SyncStatus &status = workbench().status();
    const QString at = status.lastCheckpoint.isNull()
        ? QString()
        : formatInstant(status.lastCheckpoint, businessZone()).mid(11);
    if (!status.alarm.isEmpty())
        m_message->showMessage(BadgeKind::Danger, Error(findReason(status.alarm)).text());
    else if (status.state == SyncStatus::Offline || status.state == SyncStatus::Connecting)
        m_message->showMessage(BadgeKind::Pending,
                               tr("The server is out of reach; your work is safe here."),
                               workbench().connectionProblem()
                                   ? workbench().connectionProblem()->text()
                                   : QString());
    else if (status.queued == 0 && status.rejected == 0)
        m_message->showMessage(BadgeKind::Ok, tr("All work accepted by the server. %1").arg(at));
    else
        m_message->showMessage(BadgeKind::Info,
                               tr("Connected. Last agreed with the server at %1.").arg(at));
    showCurrent();
}

std::optional<RejectedCommand> SyncPage::current() const
{
    const QTreeWidgetItem *item = m_list->currentItem();
    if (!item)
        return std::nullopt;
    for (const RejectedCommand &rejected : workbench().rejected()) {
        if (rejected.localNo == item->data(0, RejectedRole).toLongLong())
            return rejected;
    }
    return std::nullopt;
}

std::optional<QueuedCommand> SyncPage::currentQueued() const
{
    const QTreeWidgetItem *item = m_list->currentItem();
    if (!item || item->data(0, QueuedRole).isNull())
        return std::nullopt;
    for (const QueuedCommand &queued : workbench().queue()) {
        if (queued.localNo == item->data(0, QueuedRole).toLongLong())
            return queued;
    }
    return std::nullopt;
}

std::vector<RejectedCommand> SyncPage::caseOf(const RejectedCommand &rejected) const
{
    for (auto &together : casesOf(workbench().rejected())) {
        for (const RejectedCommand &one : together) {
            if (one.localNo == rejected.localNo)
                return std::move(together);
        }
    }
    return {rejected};
}

void SyncPage::clearRows()
{
    m_shown = 0;
    m_conflict->clear();
    while (QLayoutItem *row = m_rows->takeAt(0)) {
        if (row->widget())
            row->widget()->deleteLater();
        delete row;
    }
}

void SyncPage::showCurrent()
{
    const auto rejected = current();
    const auto queued = currentQueued();
    m_retry->setVisible(rejected.has_value());
    m_discard->setVisible(rejected.has_value());
    m_discardAct->setEnabled(rejected.has_value());
    m_withdraw->setVisible(queued && !queued->sent);
    if (rejected) {
        CaseSettlement settlement(caseOf(*rejected), workbench().reader(), workbench().catalog());
        // News from the server must not take away what is being chosen or typed.
        if (m_shown != rejected->localNo || !m_settlement.isLike(settlement))
            showCase(*rejected, std::move(settlement));
        return;
    }
    clearRows();
    if (!queued)
        return showHeld();
    m_title->setText(commandTitle(queued->call, workbench(), desk().lookup));
    m_reason->setText(labelOf(SyncWord::Queued));
    showLines(queued->call);
}

// Nothing of the case is sent again unseen: its conflicts are shown together, each command's below
// its title.
void SyncPage::showCase(const RejectedCommand &rejected, CaseSettlement settlement)
{
    clearRows();
    m_shown = rejected.localNo;
    m_settlement = std::move(settlement);
    m_title->setText(commandTitle(rejected.call, workbench(), desk().lookup));
    QString reason = refusalText(rejected, workbench());
    if (!rejected.accepted.isNull())
        reason += u'\n'
            + tr("It had been accepted on %1, before the server was restored from a backup.")
                  .arg(formatInstant(rejected.accepted, businessZone()));
    m_reason->setText(reason);
    const int together = int(m_settlement.commands().size());
    m_retry->setText(together > 1 ? tr("Send these %n again, in order", nullptr, together)
                                  : tr("Send again"));
    for (const RejectedCommand &one : m_settlement.commands()) {
        bool named = one.localNo == rejected.localNo;
        for (const CaseSettlement::Conflict &conflict : m_settlement.conflicts()) {
            if (conflict.localNo != one.localNo)
                continue;
            if (!std::exchange(named, true))
                m_conflict->addTitle(commandTitle(one.call, workbench(), desk().lookup));
            m_conflict->add(conflict,
                            u"sync.diff."_s + conflict.field->name
                                + (conflict.localNo == m_shown
                                       ? QString()
                                       : u'.' + QString::number(conflict.localNo)));
        }
    }
    showRetry();
    showLines(rejected.call);
}

// What was typed, so that nothing has to be remembered.
void SyncPage::showLines(const CommandCall &call)
{
    for (const TypedLine &one : commandLines(call, workbench(), desk().lookup)) {
        addLine(tr("%1: %2", "field, value").arg(one.label, one.text));
    }
}

TextLabel *SyncPage::addLine(const QString &text)
{
    auto *line = new TextLabel(text, TextRole::Body, Token::Text2, m_detail);
    line->setTextFormat(Qt::PlainText);
    line->setWordWrap(true);
    line->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_rows->addWidget(line);
    return line;
}

// Nothing chosen: what this PC holds, so that one knows what can be worked on without the line.
void SyncPage::showHeld()
{
    m_title->setText(tr("Held on this PC"));
    QStringList lines;
    for (const auto &[entity, tally] : m_held)
        lines.append(tr("%1: %2", "kind of record, how many")
                         .arg(workbench().catalog().entity(entity).label().text(),
                              formatInteger(tally->count())));
    lines.append(QString());
    lines.append(tr("All of it can be read and worked on without the network; what you change is "
                    "sent when the line is back."));
    m_reason->setText(lines.join(u'\n'));
}

void SyncPage::watchHeld()
{
    for (const QString &entity : {u"account"_s, u"contact"_s, u"opportunity"_s, u"task"_s}) {
        auto *tally = new LiveTally(workbench().reader(), this);
        TallyQuery query;
        query.entity = entity;
        if (!tally->setQuery(query))
            Q_UNREACHABLE();
        m_held.emplace_back(entity, tally);
        connect(tally, &LiveTally::changed, this, &SyncPage::showCurrent);
    }
}

// Nothing is sent over somebody else's value before it is chosen which one holds.
void SyncPage::showRetry()
{
    const bool settled = m_conflict->isSettled();
    m_retry->setEnabled(settled);
    m_retryAct->setEnabled(settled);
    m_retry->setToolTip(settled ? QString() : tr("First choose a value for each field: 1, 2 or 3"));
}

void SyncPage::retry()
{
    if (!current() || !m_conflict->isSettled())
        return;
    workbench().retryRejected(m_settlement.settled(),
                              [alive = QPointer(this), kept = m_conflict->draftKeys()](
                                  const Result<RetryOutcome> &outcome) {
                                  if (!alive)
                                      return;
                                  const auto problem = outcome ? outcome->stopped
                                                               : std::optional(outcome.error());
                                  if (problem)
                                      alive->desk().toasts.show(problem->text(), BadgeKind::Danger);
                                  else
                                      alive->forget(kept);
                              });
}

// What was chosen and typed is used, or given up.
void SyncPage::forget(const QStringList &drafts)
{
    for (const QString &draft : drafts)
        workbench().saveDraft(draft, {});
}

void SyncPage::withdraw()
{
    const auto queued = currentQueued();
    if (!queued)
        return;
    workbench().withdraw(queued->localNo, [alive = QPointer(this)](const Result<> &withdrawn) {
        if (!alive)
            return;
        if (withdrawn)
            alive->desk().toasts.show(tr("Taken back; it was never sent."), BadgeKind::Ok);
        else
            alive->desk().toasts.show(tr("It has been sent already."), BadgeKind::Warn);
    });
}

// What was typed is nowhere else: no key takes it away without a question.
void SyncPage::discard()
{
    const auto rejected = current();
    if (!rejected)
        return;
    auto *question =
        new QMessageBox(QMessageBox::Question, tr("Discard"),
                        tr("Discard “%1”? What you typed is on this PC alone and cannot be "
                           "brought back.")
                            .arg(commandTitle(rejected->call, workbench(), desk().lookup)),
                        QMessageBox::NoButton, this);
    question->setTextFormat(Qt::PlainText);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setObjectName(u"ask.discard"_s);
    QPushButton *yes = question->addButton(tr("Discard"), QMessageBox::AcceptRole);
    yes->setObjectName(u"ask.discard.yes"_s);
    QPushButton *no = question->addButton(tr("Keep it"), QMessageBox::RejectRole);
    no->setObjectName(u"ask.discard.no"_s);
    question->setDefaultButton(no);
    question->setEscapeButton(no);
    connect(yes, &QPushButton::clicked, this,
            [this, localNo = rejected->localNo, kept = m_conflict->draftKeys(rejected->localNo)] {
                discardNow(localNo, kept);
            });
    question->open();
}

void SyncPage::discardNow(qint64 localNo, const QStringList &drafts)
{
    const auto answer = [alive = QPointer(this), drafts](const Result<> &discarded) {
        if (!alive)
            return;
        if (!discarded)
            return alive->desk().toasts.show(discarded.error().text(), BadgeKind::Danger);
        alive->forget(drafts);
        alive->desk().toasts.show(tr("Discarded"), BadgeKind::Ok);
    };
    workbench().dismissRejected(localNo, answer);
}

void SyncPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Workspace::changeEvent(event);
}

} // namespace keydesk
