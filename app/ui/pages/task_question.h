#pragma once

#include "ui/shell/workspace.h"

namespace keydesk {

/// Asks what is to be done about a record and by when, and makes it a task of the person's own.
/// Without a date it is due tomorrow at nine.
void askForTask(QWidget *parent, Desk &desk, const QString &entity, const RecordId &subject);

} // namespace keydesk
