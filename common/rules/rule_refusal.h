#pragma once

#include "base/result.h"

namespace keydesk {

// Why a routing rule is not taken, in both languages. `%1` is the field that has to be mended.
namespace rule_refusal {
inline constexpr Label
    emptyChoice{"“%1”：“%2”一项都没有选，这条规则接不到任何商机。",
                "%1: nothing is chosen for “%2”, so this rule would catch nothing."};
inline constexpr Label
    contradiction{"“%1”：“%2”与“%3”互相矛盾，这条规则接不到任何商机。",
                  "%1: “%2” and “%3” contradict each other, so this rule would catch nothing."};
inline constexpr Label
    unknownCode{"“%1”：没有编码为“%3”的“%2”，这条规则接不到任何商机。",
                "%1: there is no %2 with the code “%3”, so this rule would catch nothing."};
inline constexpr Label
    neverReached{"“%1”：排在前面的规则“%"
                 "2”已接走全部这类商机，这条规则永远轮不到。请把它排到前面，或缩小前面规则的范围。",
                 "%1: the rule “%2” before it takes all of these, so this rule would catch "
                 "nothing. Move it up, or narrow the other one."};
inline constexpr Label hidesOther{
    "“%1”：这条规则会接走“%"
    "2”的全部商机，使那条规则永远轮不到。请把它排到后面，缩小它的范围，或先停用那条规则。",
    "%1: this rule would leave nothing to “%2” behind it. Move it down, narrow it, or switch the "
    "other one off first."};
inline constexpr Label noQueue{"“%1”：“%2”没有启用队列，商机转过去没有人能认领。",
                               "%1: “%2” keeps no queue, so nobody could claim what goes there."};
inline constexpr Label
    cannotTake{"“%1”：%2不是在岗的客户经理、电话客户经理或渠道人员，不能承接商机。",
               "%1: %2 is no active account manager, telephone manager or partner agent and cannot "
               "take opportunities."};
inline constexpr Label wrongDates{"“%1”不能早于生效日期。", "“%1” cannot be before the first day."};
} // namespace rule_refusal

/// The refusal in these words; `args` fill %1 and what follows, the first is the label of the
/// field.
Error refusedRule(const Label &sentence, const QStringList &args);

} // namespace keydesk
