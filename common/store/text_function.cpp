#include "store/text_function.h"

#include <sqlite3.h>

namespace keydesk {

namespace {

using TextFunction = std::function<QString(const QString &)>;

void call(sqlite3_context *context, int, sqlite3_value **arguments)
{
    const auto *utf8 = reinterpret_cast<const char *>(sqlite3_value_text(arguments[0]));
    if (!utf8)
        return sqlite3_result_null(context);
    const auto &function = *static_cast<const TextFunction *>(sqlite3_user_data(context));
    const QByteArray answer = function(QString::fromUtf8(utf8, sqlite3_value_bytes(arguments[0])))
                                  .toUtf8();
    sqlite3_result_text(context, answer.constData(), int(answer.size()), SQLITE_TRANSIENT);
}

void forget(void *function)
{
    delete static_cast<TextFunction *>(function);
}

} // namespace

Result<> defineTextFunction(Database &database, const char *name,
                            std::function<QString(const QString &)> function)
{
    // SQLite owns the copy, also when this call fails.
    const int code = sqlite3_create_function_v2(database.m_handle, name, 1,
                                                SQLITE_UTF8 | SQLITE_DETERMINISTIC
                                                    | SQLITE_DIRECTONLY,
                                                new TextFunction(std::move(function)), call,
                                                nullptr, nullptr, forget);
    if (code != SQLITE_OK)
        return database.lastError(code);
    return {};
}

} // namespace keydesk
