#pragma once

#include <QByteArray>
#include <QMetaType>
#include <QString>

#include <map>
#include <variant>
#include <vector>

namespace keydesk {

// One stored value with its type erased: exactly what SQLite, the wire and a form hold. A field's
// kind (schema/field.h) says how to read it; a Cell itself knows no kind.
class Cell
{
public:
    Cell() = default;
    Cell(qint64 value)
        : m_value(value)
    {
    }
    Cell(int value)
        : m_value(qint64(value))
    {
    }
    Cell(QString value)
        : m_value(std::move(value))
    {
    }
    Cell(QByteArray value)
        : m_value(std::move(value))
    {
    }
    // A C string would otherwise become a QByteArray, and a bool an integer, without a word.
    Cell(const char *) = delete;
    Cell(bool) = delete;

    bool isNull() const { return std::holds_alternative<std::monostate>(m_value); }
    bool isInteger() const { return std::holds_alternative<qint64>(m_value); }
    bool isText() const { return std::holds_alternative<QString>(m_value); }
    bool isBytes() const { return std::holds_alternative<QByteArray>(m_value); }
    /// Null, or a text of no characters: what a form regards as not filled in.
    bool isEmpty() const { return isNull() || (isText() && text().isEmpty()); }

    /// The integer; 0 for any other type.
    qint64 integer() const
    {
        const auto *value = std::get_if<qint64>(&m_value);
        return value ? *value : 0;
    }
    /// The text; empty for any other type.
    QString text() const
    {
        const auto *value = std::get_if<QString>(&m_value);
        return value ? *value : QString();
    }
    QByteArray bytes() const
    {
        const auto *value = std::get_if<QByteArray>(&m_value);
        return value ? *value : QByteArray();
    }

    bool operator==(const Cell &other) const = default;

private:
    std::variant<std::monostate, qint64, QString, QByteArray> m_value;
};

// One row, its cells in the order of the entity's field table.
using Row = std::vector<Cell>;

// Some fields of a record by name: what a form hands over, a patch, what a user had seen.
using FieldValues = std::map<QString, Cell>;

} // namespace keydesk

Q_DECLARE_METATYPE(keydesk::Cell)
