#pragma once

#include "fuzz_target.h"

#include <QString>

namespace keydesk::fuzz {

// The inputs that go furthest, kept from one run to the next: tests/fuzz/corpus/NAME.txt holds one
// a line in base64, so that a change of them is a change of lines.

/// Writes the target's seeds and kept inputs into the folder, a file each, and its words beside it
/// as FOLDER.dict, the way the fuzzer reads them.
void unpackCorpus(const Target &target, const QString &folder);

/// Makes the files of the folder the target's kept inputs; what is larger than 2 KiB stays out.
void packCorpus(const Target &target, const QString &folder);

} // namespace keydesk::fuzz
