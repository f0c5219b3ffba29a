#include "ui/pages/opportunity_form.h"

#include "commands/edit_record.h"
#include "ui/pages/contact_facts.h"
#include "ui/pages/record_form.h"
#include "ui/pages/save_bar.h"

#include <QPointer>
#include <QScrollArea>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// Where the fields of an element begin.
QString firstFieldOf(Element element)
{
    switch (element) {
    case Element::Basic:
        return u"title"_s;
    case Element::Enterprise:
        return u"ent_name"_s;
    case Element::Contact:
        return u"contact_name"_s;
    case Element::KeyPerson:
        return u"key_person_name"_s;
    case Element::Need:
        return u"need_kinds"_s;
    case Element::Informatisation:
        return u"it_level"_s;
    }
    return {};
}

} // namespace

OpportunityForm::OpportunityForm(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_scroll(new QScrollArea(this))
    , m_form(new RecordForm(desk, u"opportunity"_s, 1, m_scroll))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    addElements();
    m_form->keepDrafts();
    m_form->lockHidden();
    m_facts = new ContactFacts(*m_form);
    m_scroll->setWidget(m_form);
    layout->addWidget(m_scroll, 1);
    auto *bar = new SaveBar(*m_form, u"opportunity.save"_s, this);
    layout->addWidget(bar);
    connect(bar, &SaveBar::saveRequested, this, &OpportunityForm::save);
}

void OpportunityForm::addElements()
{
    m_form->addSection({"基本信息", "Basics"});
    m_form->addFields({u"title"_s, u"product_id"_s, u"quantity"_s, u"value_fen"_s, u"close_date"_s,
                       u"urgency"_s, u"next_step"_s, u"next_step_on"_s});
    m_form->addSection({"接触情况", "What the contact showed"});
    m_form->addFields({u"product_named"_s, u"need_stated"_s, u"willing"_s, u"purchase_planned"_s});
    m_form->addSection({"单位信息", "Enterprise"});
    m_form->addFields({u"ent_name"_s, u"ent_industry_id"_s, u"ent_employees"_s, u"ent_address"_s});
    m_form->addSection({"联系人", "Contact"});
    m_form->addFields(
        {u"contact_name"_s, u"contact_phone"_s, u"contact_department"_s, u"contact_time"_s});
    m_form->addSection({"关键人", "Key person"});
    m_form->addFields({u"key_person_name"_s, u"key_person_title"_s, u"key_person_phone"_s});
    m_form->addSection({"需求", "Need"});
    m_form->addFields({u"need_kinds"_s, u"need_summary"_s, u"need_by"_s, u"need_competitor"_s});
    m_form->addSection({"信息化现状", "Informatisation"});
    m_form->addFields({u"it_level"_s, u"it_operator"_s, u"it_contract_until"_s});
    m_form->addSection({"销售过程", "The sale"});
    m_form->addFields({u"pre_proposal"_s, u"technical_solution"_s, u"commercial_terms"_s,
                       u"negotiation_result"_s, u"signed_on"_s});
}

void OpportunityForm::show(const Row &row)
{
    const RecordId shown(row[common_column::Id].text());
    if (shown != m_opportunity)
        m_facts->startAnew();
    m_opportunity = shown;
    m_form->show(row);
}

void OpportunityForm::follow(const Row &row)
{
    if (!m_form->isDirty())
        show(row);
}

bool OpportunityForm::showRefusal(const Error &error)
{
    return m_form->showRefusal(error);
}

void OpportunityForm::showElement(Element element)
{
    const QString field = firstFieldOf(element);
    m_form->focusField(field);
    if (QWidget *editor = m_form->findChild<QWidget *>(u"opportunity."_s + field))
        m_scroll->ensureWidgetVisible(editor, 0, m_scroll->viewport()->height() / 3);
}

void OpportunityForm::save()
{
    const auto patch = m_form->patch();
    if (!patch || patch->empty())
        return;
    EditRecord edit;
    edit.entity = u"opportunity"_s;
    edit.record = m_opportunity;
    edit.patch = *patch;
    for (const auto &[field, value] : *patch)
        edit.seen[field] = m_form->seen()[field];
    m_desk.workbench.run(callOf(edit),
                         [this, alive = QPointer(this), saved = m_opportunity,
                          sent = *patch](const Result<RunOutcome> &outcome) {
                             if (!alive)
                                 return;
                             if (!outcome)
                                 return Q_EMIT refused(outcome.error());
                             const auto row = m_desk.workbench.reader().findRow(u"opportunity"_s,
                                                                                saved);
                             if (row && saved == m_opportunity)
                                 m_form->takeSaved(*row, sent);
                             else
                                 m_form->forgetDraft(saved);
                             Q_EMIT this->saved();
                         });
}

} // namespace keydesk
