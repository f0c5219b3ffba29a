#include "store/derived_text.h"

namespace keydesk {

QString searchTokens(const EntityInfo &entity, const Row &row)
{
    QStringList words;
    for (int i = 0; i < entity.fieldCount(); ++i) {
        if (entity.fields()[std::size_t(i)].has(FieldFlag::Searchable))
            words.append(row[std::size_t(i)].text());
    }
    words.removeAll(QString());
    return words.join(QLatin1Char(' '));
}

QStringList phoneKeys(const EntityInfo &entity, const Row &row)
{
    QStringList keys;
    for (int i = 0; i < entity.fieldCount(); ++i) {
        if (entity.fields()[std::size_t(i)].kind == Kind::Phone && !row[std::size_t(i)].isEmpty())
            keys.append(row[std::size_t(i)].text());
    }
    keys.removeDuplicates();
    return keys;
}

} // namespace keydesk
