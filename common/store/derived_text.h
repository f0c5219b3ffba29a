#pragma once

#include "base/search_text.h"
#include "schema/catalog.h"

namespace keydesk {

/// What the full-text index keeps of a row: the words of its searchable fields, separated by
/// blanks; empty if there is nothing to find. A pure function of the row, because the index is told
/// the same words again to forget them.
QString searchTokens(const EntityInfo &entity, const Row &row);

/// The normal forms of all telephone numbers in the row's phone fields, without doubles; plain
/// digits for a number that is not complete, nothing for a masked one.
QStringList phoneKeys(const EntityInfo &entity, const Row &row);

/// The key under which phoneKeys() would keep this number, as a person typed it or an exchange sent
/// it; empty for a text without a number.
QString phoneKeyOf(const QString &number);

/// Whether the field holds the name of a person, which is read by surname first.
bool isPersonName(const EntityInfo &entity, const FieldInfo &field);

/// Fills the column "pinyin", of an entity that has one, with the initials of the record's name, as
/// each write of a row does.
void derivePinyin(const EntityInfo &entity, Row &row);

/// Which way of deriving a database was filled by. Goes up with searchTextVersion, or here when
/// pinyin or telephone keys come out otherwise than before.
constexpr int derivedVersion = 100 * searchTextVersion + 1;

/// Whether both rows have the same fields to derive from, so that nothing need be made anew.
bool deriveFromTheSame(const EntityInfo &entity, const Row &one, const Row &other);

} // namespace keydesk
