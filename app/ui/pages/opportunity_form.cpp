#include "ui/pages/opportunity_form.h"

#include "commands/edit_record.h"
#include "ui/pages/contact_facts.h"
#include "ui/pages/record_form.h"
#include "ui/pages/save_bar.h"

#include <QPointer>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

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
    m_form->addElement(Element::Basic, {u"close_date"_s, u"next_step"_s, u"next_step_on"_s});
    m_form->addElement(Element::Need, {u"need_competitor"_s});
    m_form->addSection({"接触情况", "What the contact showed"});
    m_form->addFields({u"product_named"_s, u"need_stated"_s, u"willing"_s, u"purchase_planned"_s});
    m_form->addElement(Element::Enterprise);
    m_form->addElement(Element::Contact);
    m_form->addElement(Element::KeyPerson);
    m_form->addElement(Element::Informatisation);
    m_form->addSection({"销售过程", "The sale"});
    m_form->addFields({u"pre_proposal"_s, u"technical_solution"_s, u"commercial_terms"_s,
                       u"negotiation_result"_s, u"signed_on"_s});
}

void OpportunityForm::show(const Row &row)
{
    const RecordId shown(row[common_column::Id].text());
    if (shown != m_opportunity) {
        m_facts->startAnew();
        m_scroll->verticalScrollBar()->setValue(0); // another record begins at the top
    }
    m_opportunity = shown;
    followRights();
    m_form->show(row);
}

// Nobody who may not change it types into it.
void OpportunityForm::followRights()
{
    EditRecord edit;
    edit.entity = u"opportunity"_s;
    edit.record = m_opportunity;
    m_form->setReadOnly(!m_desk.workbench.mayRun(callOf(edit)));
}

void OpportunityForm::follow(const Row &row)
{
    if (m_form->isDirty())
        followRights();
    else
        show(row);
}

bool OpportunityForm::showRefusal(const Error &error)
{
    return m_form->showRefusal(error);
}

void OpportunityForm::showElement(Element element)
{
    const QString field = fieldsOf(element).constFirst();
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
                             if (!outcome && saved != m_opportunity)
                                 return void(m_form->takeRefusal(saved, outcome.error()));
                             if (!outcome)
                                 return Q_EMIT refused(outcome.error());
                             const auto row = m_desk.workbench.reader().findRow(u"opportunity"_s,
                                                                                saved);
                             if (row && saved == m_opportunity)
                                 m_form->takeSaved(*row, sent);
                             else
                                 m_form->forgetSaved(saved, sent);
                             Q_EMIT this->saved();
                         });
}

} // namespace keydesk
