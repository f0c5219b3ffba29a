#include "importing/formula_guard.h"

namespace keydesk {

namespace {

// How many apostrophes stand before a formula sign; -1 when the text is no formula. Apostrophes
// count too, so that a text which already looks guarded survives the way out and back.
qsizetype apostrophesBeforeFormula(const QString &cell)
{
    qsizetype at = 0;
    while (at < cell.size() && cell[at] == u'\'')
        ++at;
    if (at == cell.size())
        return -1;
    static constexpr QStringView signs = u"=+-@\uff1d\uff0b\uff0d\uff20\t\r\n";
    return signs.contains(cell[at]) ? at : -1;
}

} // namespace

QString withFormulaGuard(QString cell)
{
    if (apostrophesBeforeFormula(cell) >= 0)
        cell.prepend(u'\'');
    return cell;
}

QString withoutFormulaGuard(QString cell)
{
    if (apostrophesBeforeFormula(cell) > 0)
        cell.remove(0, 1);
    return cell;
}

} // namespace keydesk
