#pragma once

#include "rules/completeness.h"
#include "ui/shell/workspace.h"

class QScrollArea;

namespace keydesk {

class ContactFacts;
class RecordForm;

// The six elements of an opportunity (S2, section 5.2), the four facts of the contact and the
// sale's texts, to be read and changed. Keeps what is typed per opportunity until it is saved.
class OpportunityForm final : public QWidget
{
    Q_OBJECT

public:
    explicit OpportunityForm(Desk &desk, QWidget *parent = nullptr);

    /// Shows the opportunity, with what was typed for it and not saved.
    void show(const Row &row);
    /// The same one has other content now: shown unless something is being typed.
    void follow(const Row &row);
    /// Marks the field a refusal names; false if it names none.
    bool showRefusal(const Error &error);
    void showElement(Element element);

Q_SIGNALS:
    /// Saving was refused; the form shows no field for it unless showRefusal() does.
    void refused(const keydesk::Error &error);
    void saved();

private:
    void addElements();
    void followRights();
    void save();

    Desk &m_desk;
    RecordId m_opportunity;
    QScrollArea *m_scroll;
    RecordForm *m_form;
    ContactFacts *m_facts;
};

} // namespace keydesk
