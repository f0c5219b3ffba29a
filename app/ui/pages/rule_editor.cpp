#include "ui/pages/rule_editor.h"

#include "commands/custody_step.h"
#include "commands/staff_commands.h"
#include "domain/routing_rule.h"
#include "rules/routing_list.h"
#include "ui/pages/condition_editor.h"
#include "ui/pages/record_form.h"
#include "ui/pages/save_bar.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int betweenRules = 10;

std::vector<RoutingRule> rulesHere(const Desk &desk)
{
    std::vector<RoutingRule> rules;
    const ReplicaReader &reader = desk.workbench.reader();
    for (const Row &row : reader.store().select(reader.catalog().entity(u"routing_rule"_s),
                                                "deleted_at IS NULL ORDER BY position, code", {}))
        rules.push_back(fromRow<RoutingRule>(row));
    return rules;
}

} // namespace

RuleEditor::RuleEditor(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_hint(new TextLabel(TextRole::Caption, Token::Text2, this))
    , m_mayEdit(bool(desk.workbench.mayRun(callOf(SaveRoutingRule()))))
{
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *inside = new QWidget(scroll);
    auto *insideLayout = new QVBoxLayout(inside);
    insideLayout->setContentsMargins(8, 0, 8, 0);
    m_form = new RecordForm(desk, u"routing_rule"_s, 2, inside);
    const EntityInfo &entity = desk.workbench.catalog().entity(u"routing_rule"_s);
    for (int i = common_column::Count; i < entity.fieldCount(); ++i) {
        const FieldInfo &field = entity.fields()[std::size_t(i)];
        if (field.name == u"condition")
            m_form->addOwnEditor(field.name, std::make_unique<ConditionEditor>(desk, m_form));
        else
            m_form->addFieldInGroup(field.name);
    }
    m_form->setReadOnly(!m_mayEdit);
    m_form->keepDrafts();
    insideLayout->addWidget(m_form);
    insideLayout->addStretch(1);
    scroll->setWidget(inside);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 0, 0, 0);
    m_hint->setWordWrap(true);
    layout->addWidget(m_hint);
    layout->addWidget(scroll, 1);
    m_save = new SaveBar(*m_form, u"admin.rule.save"_s, this);
    m_save->setKeyless();
    m_save->setVisible(m_mayEdit);
    layout->addWidget(m_save);
    connect(m_save, &SaveBar::saveRequested, this, &RuleEditor::save);
    auto *acts = new FlowLayout;
    const auto button = [&](const char *name, const QString &iconName, auto does) {
        auto *one = new QPushButton(icon(iconName), {}, this);
        one->setObjectName(QString::fromLatin1(name));
        acts->addWidget(one);
        connect(one, &QPushButton::clicked, this, does);
        return one;
    };
    m_switch = button("admin.rule.switch", u"pause"_s, [this] { toggleActive(); });
    m_up = button("admin.rule.up", u"arrow-up"_s, [this] { move(-1); });
    m_down = button("admin.rule.down", u"arrow-down"_s, [this] { move(1); });
    layout->addLayout(acts);
    retranslate();
}

void RuleEditor::retranslate()
{
    m_hint->setText(m_mayEdit ? tr("Rules are asked from the top; the first whose condition holds "
                                   "decides. A change holds for what is recorded from then on.")
                              : tr("You can read how opportunities are routed. Administrators and "
                                   "dispatchers of the whole company change the rules."));
    m_up->setText(tr("Move up"));
    m_down->setText(tr("Move down"));
    showState();
}

void RuleEditor::showState()
{
    const auto rule = m_desk.workbench.reader().isOpen()
        ? m_desk.workbench.reader().find<RoutingRule>(RecordId(m_rule))
        : std::nullopt;
    const auto rules = rule ? rulesHere(m_desk) : std::vector<RoutingRule>();
    m_switch->setText(!rule || rule->active ? tr("Switch off") : tr("Switch on"));
    m_switch->setEnabled(m_mayEdit && rule);
    m_up->setEnabled(m_mayEdit && rule && rules.front().id != rule->id);
    m_down->setEnabled(m_mayEdit && rule && rules.back().id != rule->id);
}

void RuleEditor::show(const QString &rule)
{
    const auto row = m_desk.workbench.reader().findRow(u"routing_rule"_s, RecordId(rule));
    if (!row)
        return;
    // What is being typed is not thrown away because the row came back from the server.
    if (rule == m_rule && m_form->isDirty())
        return showState();
    m_rule = rule;
    m_form->show(*row);
    showState();
}

void RuleEditor::startNew()
{
    m_rule.clear();
    RoutingRule fresh;
    const auto rules = rulesHere(m_desk);
    const int before = rules.size() < 2 ? 0 : rules[rules.size() - 2].position;
    fresh.position = before + betweenRules;
    const EntityInfo &entity = m_desk.workbench.catalog().entity(u"routing_rule"_s);
    const Row row = toRow(fresh);
    FieldValues values;
    for (int i = common_column::Count; i < entity.fieldCount(); ++i)
        values[entity.fields()[std::size_t(i)].name] = row[std::size_t(i)];
    m_form->clear(values);
    showState();
    focusFirst();
}

void RuleEditor::focusFirst()
{
    m_form->focusField(u"code"_s);
}

void RuleEditor::send(const FieldValues &values, const QString &done)
{
    SaveRoutingRule command;
    command.rule = RecordId(m_rule);
    command.values = values;
    const CommandCall call = callOf(command);
    m_desk.workbench.run(call,
                         [this, alive = QPointer(this), call, done, saved = command.rule,
                          sent = values](const Result<RunOutcome> &outcome) {
                             if (!alive)
                                 return;
                             if (!outcome) {
                                 if (!m_form->takeRefusal(saved, outcome.error()))
                                     m_desk.toasts.show(outcome.error().text(), BadgeKind::Danger);
                                 return;
                             }
                             m_desk.toasts.show(done, BadgeKind::Ok);
                             showSaved(saved,
                                       saved.isNull() ? RecordId::derive(call.id, born::Record)
                                                      : saved,
                                       sent);
                         });
}

// Only what was sent gives way to what was saved; who shows another rule by now stays with it.
void RuleEditor::showSaved(const RecordId &saved, const RecordId &now, const FieldValues &sent)
{
    const auto row = m_desk.workbench.reader().findRow(u"routing_rule"_s, now);
    if (!row || m_rule != saved.text())
        return m_form->forgetSaved(saved, sent, now);
    if (saved.isNull())
        m_form->forgetDraft(saved);
    m_rule = now.text();
    m_form->takeSaved(*row, sent);
    showState();
    Q_EMIT this->saved(m_rule);
}

void RuleEditor::save()
{
    if (!m_mayEdit)
        return;
    auto values = m_form->patch();
    if (!values)
        return;
    if (m_rule.isEmpty())
        *values = m_form->typed();
    if (!values->empty())
        send(*values, tr("Rule saved"));
}

void RuleEditor::toggleActive()
{
    const auto rule = m_desk.workbench.reader().find<RoutingRule>(RecordId(m_rule));
    if (!rule || !m_mayEdit)
        return;
    send({{u"active"_s, Cell(rule->active ? 0 : 1)}},
         rule->active ? tr("Rule switched off") : tr("Rule switched on"));
}

// The place of the neighbour; whoever stands there moves on (makeRoom()).
void RuleEditor::move(int step)
{
    const auto rules = rulesHere(m_desk);
    const auto found = std::find_if(rules.begin(), rules.end(), [this](const RoutingRule &one) {
        return one.id.text() == m_rule;
    });
    if (!m_mayEdit || found == rules.end())
        return;
    const auto place = found - rules.begin() + step;
    if (place < 0 || place >= std::ssize(rules))
        return;
    const int position = rules[std::size_t(place)].position + (step > 0 ? 1 : 0);
    send({{u"position"_s, Cell(position)}}, tr("Order changed"));
}

void RuleEditor::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace keydesk
