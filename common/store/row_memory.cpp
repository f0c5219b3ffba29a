#include "store/row_memory.h"

namespace keydesk {

QByteArray RowMemory::keyOf(const QByteArray &condition, const std::vector<Cell> &values)
{
    QByteArray key = condition;
    for (const Cell &value : values) {
        key += value.isNull() ? "\n-" : value.isInteger() ? "\n#" : "\n=";
        key += value.isInteger() ? QByteArray::number(value.integer())
            : value.isBytes()    ? value.bytes()
                                 : value.text().toUtf8();
    }
    return key;
}

void RowMemory::written(int entity)
{
    of(entity) = {};
    m_written.insert(entity);
}

void RowMemory::rolledBack()
{
    for (const int entity : m_written)
        of(entity) = {};
}

} // namespace keydesk
