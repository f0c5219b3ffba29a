#include "ui/pages/sync_page.h"

#include "base/date_text.h"
#include "base/money_text.h"
#include "query/display_text.h"
#include "query/live_query.h"
#include "ui/pages/command_text.h"
#include "ui/widgets/diff_row.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QHeaderView>
#include <QPointer>
#include <QPushButton>
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
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_queue = new QTreeWidgetItem(m_list);
    m_refused = new QTreeWidgetItem(m_list);

    m_detail = new QWidget(across);
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
    across->setStretchFactor(0, 3);
    across->setStretchFactor(1, 2);

    QAction *now = addPageAction("sync.now", u"refresh-cw"_s, {},
                                 [this] { workbench().syncNow(); });
    m_header->addButton(now, Prominence::Primary);
    QAction *again = addPageAction("sync.retry", u"redo-2"_s, Qt::Key_R, [this] { retry(); });
    QAction *away = addPageAction("sync.discard", u"trash-2"_s, Qt::Key_X, [this] { discard(); });
    Q_UNUSED(again)
    Q_UNUSED(away)
    connect(m_retry, &QPushButton::clicked, this, &SyncPage::retry);
    connect(m_discard, &QPushButton::clicked, this, &SyncPage::discard);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &SyncPage::showCurrent);
    connect(&workbench(), &Workbench::queueChanged, this, &SyncPage::refresh);
    connect(&workbench(), &Workbench::statusChanged, this, &SyncPage::refresh);
    watchHeld();
    retranslate();
}

void SyncPage::retranslate()
{
    m_header->setTitle(tr("Sync centre"));
    m_list->setHeaderLabels({tr("What"), tr("Since"), tr("State")});
    m_list->setAccessibleName(tr("Queue and refused commands"));
    m_retry->setText(tr("Send again"));
    m_discard->setText(tr("Discard what I typed"));
    m_withdraw->setText(tr("Take back before it is sent"));
    for (QAction *action : actions()) {
        if (action->objectName() == u"sync.now")
            action->setText(tr("Sync now"));
        else
            action->setText(action->objectName() == u"sync.retry" ? m_retry->text()
                                                                  : m_discard->text());
    }
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
    addRejected();
    addQueued();
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

std::vector<qint64> SyncPage::currentCase() const
{
    const auto rejected = current();
    if (!rejected)
        return {};
    for (const auto &together : casesOf(workbench().rejected())) {
        std::vector<qint64> numbers;
        numbers.reserve(together.size());
        for (const RejectedCommand &one : together)
            numbers.push_back(one.localNo);
        if (std::find(numbers.begin(), numbers.end(), rejected->localNo) != numbers.end())
            return numbers;
    }
    return {rejected->localNo};
}

void SyncPage::showCurrent()
{
    while (QLayoutItem *row = m_rows->takeAt(0)) {
        if (row->widget())
            row->widget()->deleteLater();
        delete row;
    }
    const auto rejected = current();
    const auto queued = currentQueued();
    m_retry->setVisible(rejected.has_value());
    m_discard->setVisible(rejected.has_value());
    m_withdraw->setVisible(queued && !queued->sent);
    if (!rejected && !queued)
        return showHeld();
    m_title->setText(
        commandTitle(rejected ? rejected->call : queued->call, workbench(), desk().lookup));
    if (queued) {
        m_reason->setText(labelOf(SyncWord::Queued));
        return showLines(queued->call);
    }
    QString reason = refusalText(*rejected, workbench());
    if (!rejected->accepted.isNull())
        reason += u'\n'
            + tr("It had been accepted on %1, before the server was restored from a backup.")
                  .arg(formatInstant(rejected->accepted, businessZone()));
    m_reason->setText(reason);
    const int together = int(currentCase().size());
    m_retry->setText(together > 1 ? tr("Send these %n again, in order", nullptr, together)
                                  : tr("Send again"));
    m_settled = rejected->call.arguments;
    if (rejected->error.key() == u"record.changed")
        showConflict(*rejected);
    showLines(rejected->call);
}

// What was typed, so that nothing has to be remembered.
void SyncPage::showLines(const CommandCall &call)
{
    for (const CommandLine &one : commandLines(call, workbench(), desk().lookup)) {
        auto *line = new TextLabel(tr("%1: %2", "field, value").arg(one.label, one.text),
                                   TextRole::Body, Token::Text2, m_detail);
        line->setTextFormat(Qt::PlainText);
        line->setWordWrap(true);
        line->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        m_rows->addWidget(line);
    }
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

// Base, mine and theirs of each field that truly differs; theirs is what the replica holds now.
void SyncPage::showConflict(const RejectedCommand &rejected)
{
    const QString name = rejected.call.arguments.values.at(u"entity"_s).text();
    const RecordId id(rejected.call.arguments.values.at(u"record"_s).text());
    const EntityInfo *entity = workbench().catalog().find(name);
    const auto row = workbench().reader().findRow(name, id);
    if (!entity || !row)
        return;
    const auto &patch = rejected.call.arguments.sets.at(u"patch"_s);
    const auto seen = rejected.call.arguments.sets.find(u"seen"_s);
    for (const QString &field : rejected.error.args.value(0).split(u',')) {
        const FieldInfo *info = entity->field(field);
        if (!info || !patch.contains(field))
            continue;
        const auto words = [&](const Cell &cell) {
            return displayText(*info, cell, desk().lookup);
        };
        DiffValue value;
        value.field = info->label.text();
        value.base = {seen == rejected.call.arguments.sets.end() || !seen->second.contains(field)
                          ? QString()
                          : words(seen->second.at(field)),
                      {}};
        value.mine = {words(patch.at(field)), workbench().me().name};
        value.theirs = {words(entity->cell(*row, field)),
                        desk().lookup.title(u"staff"_s, (*row)[common_column::UpdatedBy].text())};
        auto *diff = new DiffRow(m_detail);
        diff->setObjectName(u"sync.diff."_s + field);
        diff->setValue(value);
        m_rows->addWidget(diff);
        // What a retry compares with is what the server holds now.
        m_settled.sets[u"seen"_s][field] = entity->cell(*row, field);
        connect(diff, &DiffRow::chosen, this,
                [this, field, theirs = entity->cell(*row, field)](DiffRow::Choice choice,
                                                                  const QString &text) {
                    if (choice == DiffRow::Choice::Theirs)
                        m_settled.sets[u"patch"_s][field] = theirs;
                    else if (choice == DiffRow::Choice::Edited)
                        m_settled.sets[u"patch"_s][field] = Cell(text);
                });
    }
}

void SyncPage::retry()
{
    retryNext(currentCase());
}

// One after the other: the next is of no use while the one before it is refused.
void SyncPage::retryNext(std::vector<qint64> localNos)
{
    if (localNos.empty())
        return;
    const auto chosen = current();
    const qint64 first = localNos.front();
    localNos.erase(localNos.begin());
    std::optional<Arguments> settled;
    if (chosen && chosen->localNo == first)
        settled = m_settled;
    workbench().retryRejected(first, settled,
                              [alive = QPointer(this),
                               rest = std::move(localNos)](const Result<RunOutcome> &outcome) {
                                  if (!alive)
                                      return;
                                  if (outcome)
                                      alive->retryNext(rest);
                                  else
                                      alive->desk().toasts.show(outcome.error().text(),
                                                                BadgeKind::Danger);
                              });
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

void SyncPage::discard()
{
    if (const auto rejected = current())
        workbench().dismissRejected(rejected->localNo);
    else
        withdraw();
}

void SyncPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Workspace::changeEvent(event);
}

} // namespace keydesk
