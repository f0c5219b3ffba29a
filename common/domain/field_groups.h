#pragma once

#include "schema/catalog.h"

#include <span>

namespace keydesk {

// Lines of a field table that belong together for people, named by the line they begin with: what
// long forms are divided by.
struct FieldGroup
{
    const char *firstField;
    Label title;
};

/// The groups of an entity's fields, in their order; none for an entity with few of them.
std::span<const FieldGroup> groupsOf(const EntityInfo &entity);
/// The group that a field lies in; null before the first one.
const FieldGroup *groupOf(const EntityInfo &entity, const QString &field);

} // namespace keydesk
