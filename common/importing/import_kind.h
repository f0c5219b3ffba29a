#pragma once

#include "schema/catalog.h"

#include <QStringList>

namespace keydesk {

// What `import KIND` can bring in: an entity, how its records are found again, and which of the
// fields that people may not edit a file may fill, because an import is the start of a history.
struct ImportKind
{
    const char *name; // the word on the command line
    const char *entity;
    const char *keys; // "a,b|c": match by a and b when the file gives both, else by c
    const char *serverOwned; // "a,b"
    Row (*blank)(); // a new record with nothing filled in

    /// Ways to find a record again, best first, each a list of fields.
    QList<QStringList> keyChoices() const;
    /// Whether a column of the file may go to the field.
    bool takes(const FieldInfo &field) const;
    /// The fields it takes, for messages.
    QStringList fieldNames(const EntityInfo &info) const;
};

/// Null if there is no such kind.
const ImportKind *findImportKind(QStringView name);
QStringList importKindNames();

} // namespace keydesk
