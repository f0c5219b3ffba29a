#pragma once

#include "schema/catalog.h"

#include <QByteArray>
#include <QRandomGenerator>
#include <QSet>

#include <map>

namespace keydesk {

// Texts that each occur in one place of the master data only, so that their bytes tell where a copy
// of it has come to (reliability.md 3.3, T21 and T22). The same seed makes the same texts. Words
// are of small letters and telephone numbers of digits, so that no masking, index or encoding in
// use changes them; what varies stands before what all have in common, because a text index stores
// of each word only what sets it apart from the one before it.
class Canaries
{
public:
    explicit Canaries(quint32 seed)
        : m_random(seed)
    {
    }

    /// A word that no other call gives.
    QString word();
    /// A Chinese mobile number that no other call gives; masking shows its ends.
    QString phone();
    /// Whether rows can carry a canary in this field: people's words and numbers, not what programs
    /// read.
    static bool fits(const FieldInfo &field);
    /// Puts a canary of its own into every field that fits, and remembers where it is.
    void dress(const EntityInfo &entity, Row &row);

    /// The canaries in some bytes, however often each is there.
    QSet<QByteArray> in(const QByteArray &bytes) const;
    /// Those in the text of a cell.
    QSet<QByteArray> in(const Cell &cell) const { return in(cell.text().toUtf8()); }
    /// "table.field" of the row it was put in; "typed" of one that dress() did not place.
    QString placeOf(const QByteArray &canary) const;
    int count() const { return int(m_places.size()); }

private:
    QByteArray fresh(int length, char first, char last);

    QRandomGenerator m_random;
    std::map<QByteArray, QString> m_places; // by what varies
};

} // namespace keydesk
