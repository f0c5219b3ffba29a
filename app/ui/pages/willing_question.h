#pragma once

#include "domain/opportunity.h"

#include <functional>

class QWidget;

namespace keydesk {

/// Asks, before a contact is recorded that would be dispatched to nobody (domain C1), whether the
/// customer is willing to go on, and says what else is missing. `answer` gets whether he is; it is
/// not called when the person goes back to the form. Opened, never executed.
void askWhetherWilling(QWidget *parent, const Opportunity &draft,
                       const std::function<void(bool willing)> &answer);

} // namespace keydesk
