#pragma once

#include "base/label.h"

#include <QStringView>

#include <string_view>

namespace keydesk {

// Closed: programs branch on these.
enum class ErrorCode { Invalid, NotFound, Forbidden, Conflict, Offline, Protocol, Storage, Busy };

// Why something was refused. Keys are append-only: they travel between versions, and the sentence
// is looked up where it is shown, so that a server's refusal appears in the reader's language.
// `%1`, `%2` take the error's arguments; one made by Label::argument() shows in that language too.
struct Reason
{
    const char *key;
    ErrorCode code;
    Label text;
};

#include "base/reasons.inc"

/// The entry of the table with this key, checked when the program is compiled.
consteval const Reason &operator""_reason(const char *key, std::size_t length)
{
    for (const Reason &reason : reasons) {
        if (std::string_view(reason.key) == std::string_view(key, length))
            return reason;
    }
    throw "no such reason in base/reasons.inc";
}

/// The entry for a key that came over the wire; an unknown key (a newer server) reads "unknown".
const Reason &findReason(QStringView key);

/// Stable name of a code, for JSON answers and the protocol: "invalid", "not_found" ...
QString errorCodeName(ErrorCode code);

} // namespace keydesk
