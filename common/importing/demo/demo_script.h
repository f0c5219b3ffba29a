#pragma once

#include "importing/demo/demo_story.h"

namespace keydesk {

// How much the customer said at the first contact.
enum class Told { NothingFirm, TooLittle, Enough };

/// Fills the six elements of the story's opportunity as far as they were told; a product of
/// `family` is asked for by name where one is given.
void writeElements(DemoWorld &world, DemoStory &story, const Account &account, Told told,
                   std::optional<ProductFamily> family = {});

/// Fills what the stages up to `stage` (and winning, after Signing) ask for, and the items.
void writeSale(DemoWorld &world, DemoStory &story, SalesStage stage);

} // namespace keydesk
