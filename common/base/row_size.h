#pragma once

#include "base/cell.h"

namespace keydesk {

/// At least as many bytes as the row takes as CBOR, without encoding it: three a character.
qsizetype sizeBound(const Row &row);
/// The bytes of the row's texts, as UTF-8.
qsizetype textSize(const Row &row);

} // namespace keydesk
