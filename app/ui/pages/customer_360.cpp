#include "ui/pages/customer_360.h"

#include "base/money_text.h"
#include "commands/edit_record.h"
#include "commands/opportunity_capture.h"
#include "commands/record_commands.h"
#include "domain/account.h"
#include "domain/note.h"
#include "query/display_text.h"
#include "ui/pages/customer_lists.h"
#include "ui/pages/note_edit.h"
#include "ui/pages/record_acts.h"
#include "ui/pages/record_form.h"
#include "ui/pages/save_bar.h"
#include "ui/pages/timeline_model.h"
#include "ui/pages/visit_dialog.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/highlights_bar.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/timeline.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

#include <utility>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 tenThousandYuan = 10'000 * 100;

} // namespace

Customer360::Customer360(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
{
    setObjectName(u"customer360"_s);
    build();
    buildActs();
    retranslate();
    connect(&desk.workbench, &Workbench::changed, this, [this](const ChangeSet &changes) {
        if (changes.touches(u"account"_s, m_account) || changes.touches(u"assignment"_s))
            refresh();
    });
}

void Customer360::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_back = new QPushButton(icon(u"arrow-left"_s), {}, this);
    m_back->setObjectName(u"customer360.back"_s);
    KeydeskStyle::setProminence(m_back, Prominence::Quiet);
    m_name = new TextLabel(TextRole::PageTitle, Token::Text, this);
    m_name->setObjectName(u"customer360.name"_s);
    m_badges = new BadgeLabel(this);
    m_manager = new TextLabel(TextRole::Body, Token::Muted, this);
    auto *head = new QHBoxLayout;
    head->addWidget(m_back);
    head->addWidget(m_name);
    head->addWidget(m_badges);
    head->addStretch(1);
    head->addWidget(m_manager);
    layout->addLayout(head);
    m_figures = new HighlightsBar(KpiTile::Size::Compact, this);
    layout->addWidget(m_figures);
    connect(m_figures, &HighlightsBar::triggered, this, &Customer360::followFigure);
    for (LiveTally **tally : {&m_open, &m_tasks}) {
        *tally = new LiveTally(m_desk.workbench.reader(), this);
        connect(*tally, &LiveTally::changed, this, &Customer360::refresh);
    }
    connect(m_back, &QPushButton::clicked, this, &Customer360::backRequested);

    auto *across = new QSplitter(Qt::Horizontal, this);
    across->setChildrenCollapsible(false);
    layout->addWidget(across, 1);
    buildProfile(across);
    buildStory(across);
    m_lists = new CustomerLists(m_desk, across);
    across->setStretchFactor(0, 3);
    across->setStretchFactor(1, 4);
    across->setStretchFactor(2, 4);
}

// Every field of the field table that is not hidden, in its order.
void Customer360::buildProfile(QWidget *parent)
{
    auto *profile = new QWidget(parent);
    m_profileScroll = new QScrollArea(profile);
    m_profileScroll->setWidgetResizable(true);
    m_profileScroll->setFrameShape(QFrame::NoFrame);
    m_profile = new RecordForm(m_desk, u"account"_s, 1, m_profileScroll);
    const EntityInfo &entity = m_desk.workbench.catalog().entity(u"account"_s);
    QStringList fields;
    for (int i = common_column::Count; i < entity.fieldCount(); ++i) {
        const FieldInfo &field = entity.fields()[std::size_t(i)];
        if (!field.has(FieldFlag::Hidden) && field.kind != Kind::Json)
            fields.append(field.name);
    }
    m_profile->addGroupedFields(fields);
    m_profileScroll->setWidget(m_profile);
    auto *layout = new QVBoxLayout(profile);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->addWidget(m_profileScroll, 1);
    m_profile->keepDrafts();
    m_profile->lockHidden();
    auto *bar = new SaveBar(*m_profile, u"customer360.save"_s, profile);
    layout->addWidget(bar);
    connect(bar, &SaveBar::saveRequested, this, &Customer360::save);
}

void Customer360::buildStory(QWidget *parent)
{
    auto *story = new QWidget(parent);
    story->setMinimumWidth(fontMetrics().horizontalAdvance(u'0') * 28); // a sentence can be read
    auto *layout = new QVBoxLayout(story);
    layout->setContentsMargins(8, 0, 8, 0);
    m_noteText = new NoteEdit(m_desk, story);
    m_noteText->setObjectName(u"customer360.note"_s);
    m_noteAdd = new QPushButton(icon(u"sticky-note"_s), {}, story);
    auto *noteLine = new QHBoxLayout;
    noteLine->addWidget(m_noteText, 1);
    noteLine->addWidget(m_noteAdd);
    layout->addLayout(noteLine);
    m_timeline = new Timeline(story);
    m_timeline->setObjectName(u"customer360.timeline"_s);
    m_events = new TimelineModel(m_desk.workbench.reader(), m_desk.lookup, this);
    m_timeline->setModel(m_events);
    layout->addWidget(m_timeline, 1);
    connect(m_noteAdd, &QPushButton::clicked, m_noteText, &NoteEdit::add);
}

void Customer360::buildActs()
{
    const auto act = [this](const char *name, const QString &iconName, Qt::Key key, auto does) {
        auto *action = new QAction(icon(iconName), {}, this);
        action->setObjectName(QString::fromLatin1(name));
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, does);
        addAction(action);
        m_timeline->addKey(action);
        m_lists->addKey(action);
        return action;
    };
    m_write = act("customer360.writeNote", u"sticky-note"_s, Qt::Key_N,
                  [this] { m_noteText->setFocus(); });
    m_visit = act("customer360.visit", u"map-pin"_s, Qt::Key_V, [this] { askForVisit(); });
    // The same from anywhere on the page.
    auto *visit = new QShortcut(QKeySequence(u"Ctrl+Shift+V"_s), this);
    visit->setContext(Qt::WidgetWithChildrenShortcut);
    connect(visit, &QShortcut::activated, this, &Customer360::askForVisit);
    m_task = act("customer360.task", u"clipboard-list"_s, Qt::Key_T,
                 [this] { RecordActs(m_desk, this).createTask(u"account"_s, m_account); });
    m_lists->offerTask(m_task);
    m_opportunity = act("customer360.opportunity", u"target"_s, Qt::Key_O,
                        [this] { m_desk.goTo(u"hotline"_s, u"account/"_s + m_account.text()); });
    m_edit = act("customer360.edit", u"pencil"_s, Qt::Key_E,
                 [this] { m_profile->focusField(u"name"_s); });
}

// Where one was sent to, else to the story.
void Customer360::takeFocus()
{
    if (std::exchange(m_partWanted, false))
        m_lists->focusList();
    else
        m_timeline->setFocus();
}

void Customer360::showPart(const QString &entity, const QString &id)
{
    m_partWanted = m_lists->showRecord(entity, id);
}

void Customer360::retranslate()
{
    m_back->setText(tr("Customers"));
    m_write->setText(tr("Write a note"));
    m_visit->setText(tr("Log a visit"));
    m_task->setText(tr("New task"));
    m_opportunity->setText(tr("New opportunity"));
    m_edit->setText(tr("Edit the profile"));
    m_noteAdd->setText(tr("Add note"));
    m_noteText->setPlaceholderText(tr("What happened? Enter adds it to the customer's story."));
    m_noteText->setAccessibleName(tr("Note"));
    m_timeline->setListName(tr("Story of the customer"));
    if (m_account.isNull())
        return;
    m_events->setSubject(u"account_id"_s, m_account.text()); // its words are made once
    refresh();
}

bool Customer360::show(const RecordId &account)
{
    const auto row = m_desk.workbench.reader().findRow(u"account"_s, account);
    if (!row)
        return false;
    m_account = account;
    m_profile->show(*row);
    m_noteText->setSubject(u"account"_s, account);
    showHead(*row);
    m_events->setSubject(u"account_id"_s, account.text());

    lockFields(*row);
    fitProfile();
    m_lists->show(account);
    m_opportunity->setEnabled(mayRecordFor(account));
    watchOpen();
    return true;
}

// Where the page that captures is, and for this customer.
bool Customer360::mayRecordFor(const RecordId &account) const
{
    const auto &pages = pageList();
    const Staff &me = m_desk.workbench.me();
    const bool captures = std::any_of(pages.begin(), pages.end(), [&](const PageEntry &page) {
        return page.id == u"hotline" && page.isFor(me);
    });
    RecordOpportunity command;
    command.values[u"account_id"_s] = Cell(account.text());
    return captures && bool(m_desk.workbench.mayRun(callOf(command)));
}

// Never narrower than its fields: a file is not read sideways.
void Customer360::fitProfile()
{
    m_profileScroll->setMinimumWidth(m_profile->minimumSizeHint().width()
                                     + m_profileScroll->verticalScrollBar()->sizeHint().width());
}

void Customer360::watchOpen()
{
    const auto watch = [this](LiveTally *tally, const QString &entity, const Filter &open) {
        TallyQuery query;
        query.entity = entity;
        query.filter.all = {Filter::is(u"account_id"_s, m_account.text()), open};
        if (!tally->setQuery(query))
            Q_UNREACHABLE();
    };
    watch(m_open, u"opportunity"_s, Filter::isEmpty(u"closed_at"_s));
    watch(m_tasks, u"task"_s, Filter::is(u"state"_s, u"open"_s));
}

// Nobody who may not change the file types into it; what is masked says who sees it.
void Customer360::lockFields(const Row &row)
{
    EditRecord edit;
    edit.entity = u"account"_s;
    edit.record = m_account;
    const bool may = bool(m_desk.workbench.mayRun(callOf(edit)));
    const EntityInfo &entity = m_desk.workbench.catalog().entity(u"account"_s);
    QStringList masked;
    for (const FieldInfo &field : entity.fields()) {
        if (!may && field.has(FieldFlag::Confidential) && entity.cell(row, field.name).isNull())
            masked.append(field.name);
    }
    m_profile->lock(masked, tr("Visible to the account manager and the supervisors."));
    m_profile->setReadOnly(!may);
}

void Customer360::refresh()
{
    const auto row = m_desk.workbench.reader().findRow(u"account"_s, m_account);
    if (!row) {
        // No longer this person's: nothing of it stays to be found later.
        if (!std::exchange(m_account, {}).isNull())
            Q_EMIT backRequested();
        return;
    }
    showHead(*row);
    lockFields(*row);
    m_opportunity->setEnabled(mayRecordFor(m_account));
    if (!m_profile->isDirty()) // what is being typed stays; conflicts are found when it is saved
        m_profile->show(*row);
}

void Customer360::showHead(const Row &row)
{
    const EntityInfo &entity = m_desk.workbench.catalog().entity(u"account"_s);
    const auto words = [&](const QString &field) {
        return displayText(*entity.field(field), entity.cell(row, field), m_desk.lookup);
    };
    m_name->setText(words(u"name"_s));
    QList<Badge> badges;
    for (const QString &level : {u"value_class"_s, u"service_level"_s, u"mgmt_tier"_s}) {
        if (!words(level).isEmpty())
            badges.append({BadgeKind::Neutral, words(level)});
    }
    const QString status = words(u"status"_s);
    badges.append(
        {entity.cell(row, u"status"_s).text() == u"at_risk" ? BadgeKind::Warn : BadgeKind::Ok,
         status});
    m_badges->setBadges(badges);
    const QString manager = words(u"owner_staff_id"_s);
    m_manager->setText(manager.isEmpty() ? tr("no account manager") : tr("AM %1").arg(manager));

    showFigures(row);
}

// Figures that are doors: to the list behind a count, to the field behind a value.
void Customer360::showFigures(const Row &row)
{
    const EntityInfo &entity = m_desk.workbench.catalog().entity(u"account"_s);
    const auto tile = [](const QString &id, const QString &label, const QString &value) {
        KpiValue kpi;
        kpi.label = label;
        kpi.value = value.isEmpty() ? u"–"_s : value;
        return HighlightsBar::Item{id, kpi};
    };
    const auto figure = [&](const QString &field) {
        return tile(field, entity.field(field)->label.text(),
                    displayText(*entity.field(field), entity.cell(row, field), m_desk.lookup));
    };
    const Cell spend = entity.cell(row, u"spend_month_fen"_s);
    HighlightsBar::Item money = figure(u"spend_month_fen"_s);
    if (!spend.isNull() && spend.integer() >= tenThousandYuan)
        money.value.value = shortMoney({spend.integer()}, QLocale().language());
    money.value.unit = tr("yuan");
    m_figures->setItems(
        {money, tile(u"opportunities"_s, tr("Open opportunities"), formatInteger(m_open->count())),
         tile(u"tasks"_s, tr("Open tasks"), formatInteger(m_tasks->count())),
         figure(u"employees"_s), figure(u"leased_lines"_s), figure(u"last_contact_at"_s)});
}

void Customer360::followFigure(const QString &id)
{
    if (id == u"opportunities" || id == u"tasks")
        m_lists->showList(id);
    else if (id == u"last_contact_at")
        m_timeline->setFocus();
    else
        m_profile->focusField(id);
}

void Customer360::save()
{
    const auto patch = m_profile->patch();
    if (!patch)
        return;
    EditRecord edit;
    edit.entity = u"account"_s;
    edit.record = m_account;
    edit.patch = *patch;
    for (const auto &[field, value] : *patch)
        edit.seen[field] = m_profile->seen()[field];
    if (patch->empty())
        return;
    m_desk.workbench.run(callOf(edit),
                         [this, alive = QPointer(this), saved = m_account,
                          sent = *patch](const Result<RunOutcome> &outcome) {
                             if (alive)
                                 showSaved(saved, sent, outcome);
                         });
}

void Customer360::showSaved(const RecordId &account, const FieldValues &sent,
                            const Result<RunOutcome> &outcome)
{
    if (!outcome) {
        if (!m_profile->takeRefusal(account, outcome.error()))
            m_desk.toasts.show(outcome.error().text(), BadgeKind::Danger);
        return;
    }
    const auto row = m_desk.workbench.reader().findRow(u"account"_s, account);
    if (row && account == m_account) {
        m_profile->takeSaved(*row, sent);
        refresh();
    } else {
        m_profile->forgetSaved(account, sent);
    }
    m_desk.toasts.show(tr("Saved on this PC; it is sent by itself."), BadgeKind::Ok);
}

void Customer360::askForVisit()
{
    (new VisitDialog(m_desk, m_account, this))->open();
}

void Customer360::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        // The form's own labels follow after this.
        QMetaObject::invokeMethod(this, &Customer360::fitProfile, Qt::QueuedConnection);
    }
    QWidget::changeEvent(event);
}

} // namespace keydesk
