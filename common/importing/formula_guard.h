#pragma once

#include <QString>

namespace keydesk {

/// `cell` as it may stand in a file that a spreadsheet opens: text that would be run as a formula
/// (beginning with = + - @, their full-width forms, TAB, CR or LF) gets a leading apostrophe
/// (OWASP, "CSV Injection"; reliability.md T24). Undone exactly by withoutFormulaGuard().
QString withFormulaGuard(QString cell);

/// Takes the apostrophe off that withFormulaGuard() put there; other text stays as it is.
QString withoutFormulaGuard(QString cell);

} // namespace keydesk
