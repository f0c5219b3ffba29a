#include "store/derived_text.h"

#include "base/phone.h"
#include "base/pinyin.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// Shorter than any number somebody is called by.
constexpr qsizetype shortestNumber = 5;

bool isCode(const FieldInfo &field)
{
    return field.has(FieldFlag::BusinessKey) || field.name == u"uscc"_s
        || field.name.endsWith(u"_code"_s);
}

QString keyOf(const PhoneNumber &number)
{
    if (number.isValid())
        return number.key;
    QString digits;
    for (const QChar c : number.raw) {
        if (c == u'*')
            return {}; // a masked number names no line
        if (c.isDigit())
            digits += QChar(u'0' + c.digitValue());
    }
    return digits.size() < shortestNumber ? QString() : digits;
}

} // namespace

bool isPersonName(const EntityInfo &entity, const FieldInfo &field)
{
    if (field.kind != Kind::Text || !field.name.endsWith(u"name"_s))
        return false;
    return field.has(FieldFlag::Personal)
        || (entity.name() == u"staff"_s && field.name == u"name"_s);
}

QString searchTokens(const EntityInfo &entity, const Row &row)
{
    SearchText words;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const FieldInfo &field = entity.fields()[i];
        const QString text = row[i].text();
        if (!field.has(FieldFlag::Searchable) || text.isEmpty())
            continue;
        if (field.kind == Kind::Phone)
            words.addPhones(text);
        else if (field.kind == Kind::LongText)
            words.addProse(text);
        else if (isCode(field))
            words.addCode(text);
        else
            words.add(text);
    }
    return words.words();
}

QStringList phoneKeys(const EntityInfo &entity, const Row &row)
{
    QStringList keys;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (entity.fields()[i].kind != Kind::Phone || row[i].isEmpty())
            continue;
        for (const PhoneNumber &number : parsePhones(row[i].text()))
            keys.append(keyOf(number));
    }
    keys.removeAll(QString());
    keys.removeDuplicates();
    return keys;
}

QString phoneKeyOf(const QString &number)
{
    return keyOf(parsePhone(number));
}

void derivePinyin(const EntityInfo &entity, Row &row)
{
    const int column = entity.indexOf(u"pinyin"_s);
    const int title = entity.titleColumn();
    if (column < 0 || title < 0)
        return;
    const FieldInfo &name = entity.fields()[std::size_t(title)];
    const QString initials = Pinyin().initials(row[std::size_t(title)].text(),
                                               isPersonName(entity, name)
                                                   ? Pinyin::Name::Person
                                                   : Pinyin::Name::Organisation);
    row[std::size_t(column)] = initials.isEmpty() ? Cell() : Cell(initials);
}

bool deriveFromTheSame(const EntityInfo &entity, const Row &one, const Row &other)
{
    if (one.size() != other.size())
        return false;
    for (std::size_t i = 0; i < one.size(); ++i) {
        const FieldInfo &field = entity.fields()[i];
        const bool isSource = field.has(FieldFlag::Searchable) || field.kind == Kind::Phone;
        if (isSource && one[i] != other[i])
            return false;
    }
    return true;
}

} // namespace keydesk
