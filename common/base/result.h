#pragma once

#include "base/reason.h"

#include <QString>
#include <QStringList>

#include <utility>
#include <variant>

namespace keydesk {

// What went wrong, for programs (`code`), for people (`reason` + `args`) and for the log
// (`detail`).
struct Error
{
    Error(const Reason &why, QStringList arguments = {}, QString logDetail = {})
        : reason(&why)
        , args(std::move(arguments))
        , detail(std::move(logDetail))
    {
    }

    const Reason *reason;
    QStringList args;
    QString detail;

    ErrorCode code() const { return reason->code; }
    QString key() const { return QString::fromLatin1(reason->key); }
    /// The sentence for the user, in the default locale's language. Never branch on it.
    QString text() const;
    QString text(QLocale::Language language) const;
};

// A value, or the Error that kept it from being made.
template <class T = void>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    explicit operator bool() const { return m_state.index() == 0; }
    const T &value() const & { return std::get<0>(m_state); }
    T &value() & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    const T &operator*() const & { return value(); }
    T &operator*() & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    const T *operator->() const { return &value(); }
    T *operator->() { return &value(); }
    const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error)
        : m_error(std::in_place_index<1>, std::move(error))
    {
    }

    explicit operator bool() const { return m_error.index() == 0; }
    const Error &error() const { return std::get<1>(m_error); }

private:
    std::variant<std::monostate, Error> m_error;
};

} // namespace keydesk
