#include "store/derived_text.h"

#include "base/phone.h"
#include "base/search_text.h"

namespace keydesk {

QString searchTokens(const EntityInfo &entity, const Row &row)
{
    SearchText words;
    for (int i = 0; i < entity.fieldCount(); ++i) {
        const FieldInfo &field = entity.fields()[std::size_t(i)];
        const QString text = row[std::size_t(i)].text();
        if (!field.has(FieldFlag::Searchable) || text.isEmpty())
            continue;
        if (field.kind == Kind::Phone)
            words.addPhones(text);
        else if (field.kind == Kind::LongText)
            words.addProse(text);
        else if (field.has(FieldFlag::BusinessKey))
            words.addCode(text);
        else
            words.add(text);
    }
    return words.words();
}

QStringList phoneKeys(const EntityInfo &entity, const Row &row)
{
    QStringList keys;
    for (int i = 0; i < entity.fieldCount(); ++i) {
        if (entity.fields()[std::size_t(i)].kind != Kind::Phone)
            continue;
        for (const PhoneNumber &number : parsePhones(row[std::size_t(i)].text())) {
            if (number.isValid())
                keys.append(number.key);
        }
    }
    keys.removeDuplicates();
    return keys;
}

} // namespace keydesk
