#pragma once

#include "ui/pages/list_pane.h"

namespace keydesk {

/// Makes `list` the list of what the server has told this person: the unread first, their severity
/// as badges, the sentences in the reader's language. `desk` outlives the list.
void setUpNotices(ListPane &list, Desk &desk);

} // namespace keydesk
