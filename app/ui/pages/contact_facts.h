#pragma once

#include <QObject>
#include <QSet>

namespace keydesk {

class RecordForm;

// The facts that make a contact a lead or an opportunity (domain C1), as far as the form itself
// shows them: a chosen product is a product named, a typed need a need stated. Suggests, by ticking
// the box, until the person has set that box himself; takes back only what it suggested.
class ContactFacts final : public QObject
{
    Q_OBJECT

public:
    /// The form must have the fields of the facts; it owns this.
    explicit ContactFacts(RecordForm &form);

    /// Another record: every box may be suggested again.
    void startAnew();

private:
    void follow(const QString &field);

    RecordForm &m_form;
    QSet<QString> m_decided; // boxes the person set himself
    QSet<QString> m_suggested; // boxes ticked here
};

} // namespace keydesk
