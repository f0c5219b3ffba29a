#include "ui/pages/contact_facts.h"

#include "ui/pages/record_form.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

struct Sign
{
    const char *field; // filled in, it is a sign of
    const char *fact;
};
constexpr Sign signs[] = {
    {"product_id", "product_named"},
    {"need_summary", "need_stated"},
};

} // namespace

ContactFacts::ContactFacts(RecordForm &form)
    : QObject(&form)
    , m_form(form)
{
    connect(&form, &RecordForm::edited, this, &ContactFacts::follow);
}

void ContactFacts::startAnew()
{
    m_decided.clear();
    m_suggested.clear();
}

void ContactFacts::follow(const QString &field)
{
    for (const Sign &sign : signs) {
        const QString fact = QString::fromLatin1(sign.fact);
        if (field == fact)
            m_decided.insert(fact);
        if (field != QLatin1StringView(sign.field) || m_decided.contains(fact))
            continue;
        const bool ticked = m_form.valueOf(fact).integer() != 0;
        const bool shown = !m_form.valueOf(field).isEmpty();
        if (ticked == shown || (ticked && !m_suggested.contains(fact)))
            continue;
        if (shown)
            m_suggested.insert(fact);
        m_form.suggest(fact, Cell(qint64(shown ? 1 : 0)));
    }
}

} // namespace keydesk
