#include "query/sort_functions.h"

#include "base/pinyin.h"
#include "store/text_function.h"

#include <QHash>

namespace keydesk {

namespace {

// More names than a desktop holds customers; beyond that the memory starts anew.
constexpr qsizetype remembered = 200'000;

// A sort key per name, computed once per connection: a list of 60,000 is sorted at every change.
std::function<QString(const QString &)> keyFunction(Pinyin::Name kind)
{
    auto known = std::make_shared<QHash<QString, QString>>();
    return [kind, known](const QString &name) {
        if (const auto found = known->constFind(name); found != known->constEnd())
            return *found;
        if (known->size() >= remembered)
            known->clear();
        return *known->insert(name, Pinyin().sortKey(name, kind));
    };
}

} // namespace

Result<> defineSortFunctions(Database &database)
{
    if (auto done = defineTextFunction(database, "pinyin_key",
                                       keyFunction(Pinyin::Name::Organisation));
        !done)
        return done;
    return defineTextFunction(database, "person_key", keyFunction(Pinyin::Name::Person));
}

} // namespace keydesk
