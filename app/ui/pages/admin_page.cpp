#include "ui/pages/admin_page.h"

#include "commands/assignment_commands.h"
#include "commands/custody_step.h"
#include "commands/staff_commands.h"
#include "domain/assignment.h"
#include "rules/routing.h"
#include "ui/pages/record_form.h"
#include "ui/pages/rule_editor.h"
#include "ui/pages/save_bar.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/view_switch.h"

#include <QEvent>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// "runs_today": whether an assignment holds on `today`.
ComputedField runsToday(const QDate &today)
{
    ComputedField runs;
    runs.field.name = u"runs_today"_s;
    runs.field.label = {"现行", "Current"};
    runs.field.kind = Kind::Boolean;
    const QByteArray day = "'" + today.toString(Qt::ISODate).toLatin1() + "'";
    runs.sql = "(t.valid_from IS NULL OR t.valid_from <= " + day
        + ") AND (t.valid_until IS NULL OR t.valid_until >= " + day + ")";
    return runs;
}

} // namespace

AdminPage::AdminPage(Desk &desk, QWidget *parent)
    : Workspace(desk, parent)
    , m_views(new QStackedWidget(this))
    , m_staff(new ListPane(desk, u"admin.staff"_s, m_views))
    , m_assignments(new ListPane(desk, u"admin.assignments"_s, m_views))
    , m_rules(new ListPane(desk, u"admin.rules"_s, m_views))
    , m_rule(new RuleEditor(desk, m_rules))
    , m_mayEditStaff(desk.workbench.me().roles.contains(Role::Administrator))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->addWidget(m_views);
    m_views->addWidget(m_staff);
    m_views->addWidget(m_assignments);
    m_views->addWidget(m_rules);
    m_staff->setDetail(buildStaffForm(), 3);
    m_assignments->setDetail(buildAssignmentForm());
    m_staff->hideByDefault({u"absent_from"_s, u"absent_until"_s});
    m_staff->model().setLook(u"status"_s, BadgeRole, [this](const RecordTableModel &rows, int row) {
        const bool active = rows.cellAt(row, u"status"_s).text() == u"active";
        if (active && isAbsentToday(rows, row))
            return QVariant::fromValue(Badge{BadgeKind::Warn, labelOf(CandidateRefusal::Absent)});
        return QVariant::fromValue(
            Badge{active ? BadgeKind::Ok : BadgeKind::Neutral, rows.textAt(row, u"status"_s)});
    });

    RowQuery staff;
    staff.entity = u"staff"_s;
    staff.fields = {u"code"_s,    u"name"_s,       u"roles"_s,       u"status"_s,      u"area_id"_s,
                    u"team_id"_s, u"channel_id"_s, u"absent_from"_s, u"absent_until"_s};
    staff.order = {{u"code"_s, false}};
    m_staff->setQuery(staff,
                      {{u"active"_s, {"在岗", "Active"}, {Filter::is(u"status"_s, u"active"_s)}}});
    RowQuery assignments;
    assignments.entity = u"assignment"_s;
    assignments.fields = {u"account_id"_s, u"role"_s,        u"staff_id"_s,
                          u"valid_from"_s, u"valid_until"_s, u"reason"_s};
    assignments.computed = {runsToday(businessDate({desk.ticker.nowMs()}))};
    assignments.order = {{u"valid_from"_s, true}};
    m_assignments->setQuery(assignments,
                            {{u"open"_s,
                              {"现行", "Current"},
                              {Filter::is(u"runs_today"_s, Cell(1))}}});
    connect(m_staff, &ListPane::currentChanged, this, &AdminPage::showStaff);
    buildRules();
    for (ListPane *pane : panes())
        connect(&pane->header().views(), &ViewSwitch::changed, this, &AdminPage::showView);
    buildActions();
    retranslate();
    showView(u"staff"_s);
}

void AdminPage::buildRules()
{
    m_rules->setDetail(m_rule, 3);
    setUpRuleList(*m_rules, desk());
    connect(m_rules, &ListPane::currentChanged, m_rule, &RuleEditor::show);
    connect(m_rules, &ListPane::opened, m_rule, &RuleEditor::focusFirst);
    connect(m_rule, &RuleEditor::saved, m_rules, &ListPane::select);
    connect(&workbench(), &Workbench::changed, m_rule, [this](const ChangeSet &changes) {
        if (changes.touches(u"routing_rule"_s))
            m_rule->show(m_rule->rule());
    });
}

void AdminPage::buildActions()
{
    m_new = addPageAction("admin.new", u"plus"_s, QKeySequence::New, [this] { startNew(); });
    m_saveAct = addPageAction("admin.save", u"save"_s, QKeySequence::Save, [this] { save(); });
    // A field has its own use for these keys.
    m_switchRule = addPageAction("admin.rule.toggle", u"pause"_s, Qt::Key_D,
                                 [this] { m_rule->toggleActive(); });
    m_ruleUp = addPageAction("admin.rule.moveUp", u"arrow-up"_s, QKeySequence(u"Alt+Up"_s),
                             [this] { m_rule->move(-1); });
    m_ruleDown = addPageAction("admin.rule.moveDown", u"arrow-down"_s, QKeySequence(u"Alt+Down"_s),
                               [this] { m_rule->move(1); });
    for (QAction *key : {m_switchRule, m_ruleUp, m_ruleDown})
        m_rules->table().addKey(key);
    for (ListPane *pane : {m_staff, m_rules})
        pane->header().addButton(m_new);
}

void AdminPage::startNew()
{
    if (m_views->currentWidget() == m_rules)
        return m_rule->startNew();
    m_person.clear();
    m_staffForm->clear();
    m_staffForm->focusField(u"code"_s);
}

void AdminPage::save()
{
    const QWidget *view = m_views->currentWidget();
    if (view == m_rules)
        m_rule->save();
    else if (view == m_staff)
        saveStaff();
    else
        assign();
}

bool AdminPage::isAbsentToday(const RecordTableModel &rows, int row) const
{
    const QDate today = businessDate({desk().ticker.nowMs()});
    const QDate from = ValueTraits<QDate>::fromCell(rows.cellAt(row, u"absent_from"_s));
    const QDate until = ValueTraits<QDate>::fromCell(rows.cellAt(row, u"absent_until"_s));
    return from.isValid() && from <= today && (!until.isValid() || today <= until);
}

QWidget *AdminPage::buildStaffForm()
{
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *box = new QWidget(scroll);
    auto *layout = new QVBoxLayout(box);
    m_staffForm = new RecordForm(desk(), u"staff"_s, 1, box);
    m_staffForm->addGroupedFields({u"code"_s, u"name"_s, u"roles"_s, u"area_id"_s, u"team_id"_s,
                                   u"channel_id"_s, u"station"_s, u"phone"_s, u"email"_s,
                                   u"skills"_s, u"capacity"_s, u"absent_from"_s, u"absent_until"_s,
                                   u"deputy_id"_s});
    m_staffForm->setReadOnly(!m_mayEditStaff);
    m_staffForm->keepDrafts();
    m_save = new SaveBar(*m_staffForm, u"admin.staff.save"_s, box);
    m_save->setKeyless();
    m_save->setVisible(m_mayEditStaff);
    m_disable = new QPushButton(box);
    m_disable->setObjectName(u"admin.staff.disable"_s);
    m_enable = new QPushButton(box);
    m_enable->setObjectName(u"admin.staff.enable"_s);
    m_welcome = new InlineMessage(box);
    m_welcome->setObjectName(u"admin.welcome"_s);
    m_welcome->setClosable(true);
    m_welcome->hide();
    layout->addWidget(m_welcome);
    layout->addWidget(m_staffForm);
    layout->addWidget(m_save);
    auto *acts = new FlowLayout;
    for (QPushButton *button : {m_disable, m_enable}) {
        acts->addWidget(button);
        button->setEnabled(m_mayEditStaff);
    }
    layout->addLayout(acts);
    layout->addStretch(1);
    scroll->setWidget(box);
    connect(m_save, &SaveBar::saveRequested, this, &AdminPage::saveStaff);
    connect(m_disable, &QPushButton::clicked, this, [this] { setActive(false); });
    connect(m_enable, &QPushButton::clicked, this, [this] { setActive(true); });
    return scroll;
}

QWidget *AdminPage::buildAssignmentForm()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    m_assignmentForm = new RecordForm(desk(), u"assignment"_s, 1, box);
    m_assignmentForm->addFields({u"account_id"_s, u"staff_id"_s, u"role"_s, u"valid_from"_s,
                                 u"valid_until"_s, u"reason"_s});
    for (const char *field : {"account_id", "staff_id", "role", "valid_from", "valid_until"}) {
        // Server-owned in an edit, but here they are the arguments of a new assignment.
        if (auto *editor = m_assignmentForm->findChild<QWidget *>(u"assignment."_s
                                                                  + QLatin1StringView(field)))
            editor->setEnabled(true);
    }
    m_assign = new QPushButton(box);
    m_assign->setObjectName(u"admin.assign"_s);
    m_end = new QPushButton(box);
    m_end->setObjectName(u"admin.endAssignment"_s);
    layout->addWidget(m_assignmentForm);
    layout->addWidget(m_assign, 0, Qt::AlignLeft);
    layout->addWidget(m_end, 0, Qt::AlignLeft);
    layout->addStretch(1);
    connect(m_assign, &QPushButton::clicked, this, &AdminPage::assign);
    connect(m_end, &QPushButton::clicked, this, &AdminPage::endAssignment);
    return box;
}

void AdminPage::retranslate()
{
    const QList<ViewChoice> views{{u"staff"_s, tr("Staff"), u"users"_s},
                                  {u"assignments"_s, tr("Assignments"), u"link"_s},
                                  {u"rules"_s, tr("Routing rules"), u"split"_s}};
    for (ListPane *pane : panes()) {
        pane->header().setTitle(tr("Administration"));
        pane->header().views().setChoices(views);
    }
    m_staff->setListName(tr("Staff"));
    m_assignments->setListName(tr("Assignments"));
    m_rules->setListName(tr("Routing rules"));
    m_rules->setEmpty(tr("There is no routing rule yet."),
                      tr("Until then every opportunity goes to the operations centre."));
    m_assignments->setEmpty(tr("No assignment here."), tr("Assign a customer at the right."));
    m_disable->setText(tr("Disable the login"));
    m_enable->setText(tr("Enable the login"));
    m_assign->setText(tr("Assign"));
    m_end->setText(tr("End the chosen assignment today"));
    m_saveAct->setText(tr("Save"));
    m_switchRule->setText(tr("Switch the rule off or on"));
    m_ruleUp->setText(tr("Move the rule up"));
    m_ruleDown->setText(tr("Move the rule down"));
    // An administrator keeps logins and sees no customer, so there is nothing of theirs to show.
    const bool seesCustomers = workbench().me().roles.contains(Role::Supervisor)
        || workbench().me().roles.contains(Role::DeptManager);
    m_assign->parentWidget()->setVisible(seesCustomers);
    if (!seesCustomers)
        m_assignments->setForbidden(tr("Assignments are the business of those who see customers."),
                                    tr("Ask the supervisor or the head of department of the area; "
                                       "administrators keep the staff list."));
}

void AdminPage::showView(const QString &view)
{
    const bool rules = view == u"rules";
    m_views->setCurrentWidget(rules ? m_rules : view == u"staff" ? m_staff : m_assignments);
    for (ListPane *pane : panes())
        pane->header().views().setCurrent(view);
    m_new->setText(rules ? tr("New rule") : tr("New person"));
    m_new->setEnabled(rules ? m_rule->mayEdit() : m_mayEditStaff && view == u"staff");
    for (QAction *action : {m_switchRule, m_ruleUp, m_ruleDown})
        action->setEnabled(rules && m_rule->mayEdit());
}

void AdminPage::arrive()
{
    static_cast<ListPane *>(m_views->currentWidget())->focusList();
}

bool AdminPage::showRecord(const QString &entity, const QString &id)
{
    const QHash<QString, QString> homes{{u"staff"_s, u"staff"_s},
                                        {u"assignment"_s, u"assignments"_s},
                                        {u"routing_rule"_s, u"rules"_s}};
    if (!homes.contains(entity))
        return false;
    showView(homes.value(entity));
    auto *pane = static_cast<ListPane *>(m_views->currentWidget());
    if (!pane->select(id))
        pane->showFiltered({}); // what narrows the list may hide what is to be shown
    // The list may be too long to hold the person: the form never stays somebody else's.
    if (entity == u"staff" && m_person != id)
        showStaff(id);
    return true;
}

void AdminPage::showStaff(const QString &id)
{
    const auto row = workbench().reader().findRow(u"staff"_s, RecordId(id));
    if (!row)
        return;
    if (m_person != id)
        m_welcome->hide();
    m_person = id;
    m_staffForm->show(*row);
}

void AdminPage::saveStaff()
{
    const auto patch = m_staffForm->patch();
    if (!patch || patch->empty())
        return;
    SaveStaff command;
    command.staff = RecordId(m_person);
    command.values = *patch;
    const CommandCall call = callOf(command);
    workbench().run(call,
                    [this, alive = QPointer(this), call, saved = command.staff,
                     sent = *patch](const Result<RunOutcome> &outcome) {
                        if (!alive)
                            return;
                        if (outcome)
                            return showSaved(saved, call, sent);
                        if (!m_staffForm->takeRefusal(saved, outcome.error()))
                            desk().toasts.show(outcome.error().text(), BadgeKind::Danger);
                    });
}

// From here on the form is about the person that is there now.
void AdminPage::showSaved(const RecordId &saved, const CommandCall &call, const FieldValues &sent)
{
    const RecordId person = saved.isNull() ? RecordId::derive(call.id, born::Record) : saved;
    const auto row = workbench().reader().findRow(u"staff"_s, person);
    const bool shown = row && m_person == saved.text();
    if (shown) {
        m_staffForm->forgetDraft(saved);
        m_person = person.text();
        m_staffForm->takeSaved(*row, sent);
    } else {
        m_staffForm->forgetSaved(saved, sent, person);
    }
    if (shown && saved.isNull())
        m_staff->select(m_person);
    if (saved.isNull())
        welcome(person);
    desk().toasts.show(tr("Saved"), BadgeKind::Ok);
}

// What a new person needs besides is given at the server, never here.
void AdminPage::welcome(const RecordId &person)
{
    const auto added = workbench().reader().find<Staff>(person);
    const QString code = added ? added->code : QString();
    m_welcome->showMessage(
        BadgeKind::Info, tr("%1 can sign in once a password is set.", "staff number").arg(code),
        tr("On the server: keydesk-server user reset %1 --password-file FILE sets the password, "
           "keydesk-server enrol "
           "--user %1 prints the enrolment string for the first sign-in on a PC. Give them "
           "separately.")
            .arg(code));
}

void AdminPage::setActive(bool active)
{
    if (m_person.isEmpty())
        return;
    SaveStaff command;
    command.staff = RecordId(m_person);
    command.status = active ? u"active"_s : u"disabled"_s;
    run(command);
}

void AdminPage::assign()
{
    const auto values = m_assignmentForm->patch();
    if (!values)
        return;
    const auto cell = [&](const char *field) {
        const auto found = values->find(QString::fromLatin1(field));
        return found == values->end() ? Cell() : found->second;
    };
    AssignAccount command;
    command.account = RecordId(cell("account_id").text());
    command.staff = RecordId(cell("staff_id").text());
    command.role = fromKey<AssignmentRole>(cell("role").text());
    command.from = ValueTraits<QDate>::fromCell(cell("valid_from"));
    command.until = ValueTraits<QDate>::fromCell(cell("valid_until"));
    command.reason = cell("reason").text();
    command.replace = true;
    run(command, [this](const RunOutcome &) {
        m_assignmentForm->clear();
        desk().toasts.show(tr("Assigned"), BadgeKind::Ok);
    });
}

void AdminPage::endAssignment()
{
    const QString id = m_assignments->currentId();
    if (id.isEmpty())
        return;
    EndAssignment command;
    command.assignment = RecordId(id);
    command.until = businessDate({desk().ticker.nowMs()});
    run(command,
        [this](const RunOutcome &) { desk().toasts.show(tr("It ends today"), BadgeKind::Ok); });
}

void AdminPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showView(panes().at(m_views->currentIndex())->header().views().current());
    }
    Workspace::changeEvent(event);
}

} // namespace keydesk
