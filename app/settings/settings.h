#pragma once

#include "base/enrolment.h"

#include <QSettings>

namespace keydesk {

// One line of the settings table: where it is kept, its type, and what holds until it is set.
template <class T>
struct Setting
{
    const char *key;
    T fallback;
};

// Every setting of the desktop. A setting is one line here.
namespace setting {
inline constexpr Setting<const char *> language{"ui/language", "zh_CN"}; // zh_CN, en
inline constexpr Setting<const char *> theme{"ui/theme", "light"}; // light, dark
inline constexpr Setting<const char *> density{"ui/density",
                                               "standard"}; // compact, standard, comfortable
inline constexpr Setting<int> textScale{"ui/text_scale", 100}; // percent
inline constexpr Setting<bool> railCollapsed{"ui/rail_collapsed", false};
inline constexpr Setting<bool> breachSound{"ui/breach_sound", true}; // a dispatcher's clocks
inline constexpr Setting<const char *> lastServer{"login/server", ""}; // HOST:PORT
inline constexpr Setting<const char *> lastUser{"login/user", ""};
inline constexpr Setting<int> lockAfterMinutes{"privacy/lock_after_minutes", 10}; // 0: never
} // namespace setting

// The desktop's settings in one file of the data directory, typed by their lines. Holds nothing of
// a customer and no secret.
class Settings
{
public:
    explicit Settings(const QString &dataDirectory);

    template <class T>
    T value(const Setting<T> &line) const
    {
        return m_store.value(QLatin1StringView(line.key), line.fallback).template value<T>();
    }
    QString value(const Setting<const char *> &line) const
    {
        return m_store.value(QLatin1StringView(line.key), QString::fromLatin1(line.fallback))
            .toString();
    }
    template <class T>
    void set(const Setting<T> &line, const T &value)
    {
        m_store.setValue(QLatin1StringView(line.key), value);
    }
    void set(const Setting<const char *> &line, const QString &value)
    {
        m_store.setValue(QLatin1StringView(line.key), value);
    }

    /// Splitter positions, columns and the like, named by the page that owns them.
    QByteArray state(const QString &name) const;
    void saveState(const QString &name, const QByteArray &state);

    /// The pin of a server this PC was enrolled at: SHA-256 of its authority's key; empty if none.
    QByteArray pinOf(const ServerAddress &server) const;
    void rememberPin(const ServerAddress &server, const QByteArray &pin);

private:
    QSettings m_store;
};

} // namespace keydesk
