#pragma once

#include "domain/opportunity.h"

#include <QLocale>

namespace keydesk {

// Who is named in the sentence, as far as the place that says it knows them.
struct ProgressNames
{
    QString assignee;
    QString owner;
    QString team; // whose queue it lies in
};

/// How far an opportunity is, as the contact channel may tell the customer: where it is and who has
/// it, with no figure and no number (domain C6). The one definition: the server stores it in
/// Chinese, the language of the customers (status_text), a desktop shows it in the reader's.
QString progressText(const Opportunity &opportunity, const ProgressNames &names,
                     QLocale::Language language);

} // namespace keydesk
