#include "support/canaries.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// What all words and all numbers end with: found first, then what stands before it is looked up.
constexpr QByteArrayView wordEnd = "zqxj";
constexpr QByteArrayView phoneEnd = "5318";
constexpr int wordKey = 6; // letters before the end that tell words apart
constexpr int phoneKey = 5;

void find(const QByteArray &bytes, QByteArrayView end, int key, const auto &known,
          QSet<QByteArray> &found)
{
    for (qsizetype at = bytes.indexOf(end); at >= 0; at = bytes.indexOf(end, at + 1)) {
        if (at < key)
            continue;
        const QByteArray canary = bytes.mid(at - key, key);
        if (known.contains(canary))
            found.insert(canary);
    }
}

} // namespace

QByteArray Canaries::fresh(int length, char first, char last)
{
    for (;;) {
        QByteArray key;
        for (int i = 0; i < length; ++i)
            key += char(first + m_random.bounded(last - first + 1));
        if (m_places.try_emplace(key, u"typed"_s).second)
            return key;
    }
}

QString Canaries::word()
{
    const QByteArray before = fresh(wordKey, 'a', 'z');
    // Two letters more in front, which an index may fold into its neighbour.
    const char lead[] = {char('a' + m_random.bounded(26)), char('a' + m_random.bounded(26)), 0};
    return QLatin1StringView(lead) + QLatin1StringView(before) + QLatin1StringView(wordEnd);
}

QString Canaries::phone()
{
    return u"13"_s + QLatin1StringView(fresh(phoneKey, '0', '9')) + QLatin1StringView(phoneEnd);
}

bool Canaries::fits(const FieldInfo &field)
{
    switch (field.kind) {
    case Kind::Text:
        // The kind of a record that another column names, and numbers of the server's own series.
        return !field.name.endsWith(u"_entity") && field.name != u"no";
    case Kind::LongText:
    case Kind::TextList:
    case Kind::Phone:
        return true;
    default:
        return false;
    }
}

void Canaries::dress(const EntityInfo &entity, Row &row)
{
    for (int i = common_column::Count; i < entity.fieldCount(); ++i) {
        const FieldInfo &field = entity.fields()[std::size_t(i)];
        if (!fits(field))
            continue;
        const QString text = field.kind == Kind::Phone ? phone() : word();
        row[std::size_t(i)] = text;
        const auto canaries = in(text.toUtf8());
        for (const QByteArray &canary : canaries)
            m_places[canary] = entity.name() + u'.' + field.name;
    }
}

QSet<QByteArray> Canaries::in(const QByteArray &bytes) const
{
    QSet<QByteArray> found;
    find(bytes, wordEnd, wordKey, m_places, found);
    find(bytes, phoneEnd, phoneKey, m_places, found);
    return found;
}

QString Canaries::placeOf(const QByteArray &canary) const
{
    const auto place = m_places.find(canary);
    return place == m_places.end() ? QString() : place->second;
}

} // namespace keydesk
