#include "base/row_size.h"

namespace keydesk {

qsizetype sizeBound(const Row &row)
{
    qsizetype bytes = 0;
    for (const Cell &cell : row)
        bytes += 9 + 3 * cell.text().size() + cell.bytes().size();
    return bytes;
}

qsizetype textSize(const Row &row)
{
    qsizetype bytes = 0;
    for (const Cell &cell : row)
        bytes += cell.text().toUtf8().size();
    return bytes;
}

} // namespace keydesk
