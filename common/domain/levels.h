#pragma once

#include "schema/value.h"

namespace keydesk {

// The three levels of a customer. They are independent of each other and never shown as a bare
// letter (domain.md, section 0). What is not known reads as the first enumerator of each.

// Contribution to revenue; changed by a published tiering run only. Routing and claim clocks use it.
enum class ValueClass { Potential, A, B, C, D };
template <>
struct EnumTable<ValueClass>
{
    static constexpr EnumKey keys[] = {
        {"potential", {"潜在客户", "Potential"}},
        {"a", {"价值A", "Value A"}},
        {"b", {"价值B", "Value B"}},
        {"c", {"价值C", "Value C"}},
        {"d", {"价值D", "Value D"}},
    };
};

// Tier of management within the key-account set (domain A6).
enum class MgmtTier { None, One, Two };
template <>
struct EnumTable<MgmtTier>
{
    static constexpr EnumKey keys[] = {
        {"none", {"未列入", "Not tiered"}},
        {"one", {"一级", "Tier one"}},
        {"two", {"二级", "Tier two"}},
    };
};

// Star of the service plan (domain A9). Clocks of service and visits use it.
enum class ServiceLevel { None, A, B, C };
template <>
struct EnumTable<ServiceLevel>
{
    static constexpr EnumKey keys[] = {
        {"none", {"无星级", "No star"}},
        {"a", {"星级A", "Star A"}},
        {"b", {"星级B", "Star B"}},
        {"c", {"星级C", "Star C"}},
    };
};

} // namespace keydesk
