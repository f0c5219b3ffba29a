#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QDate>
#include <QLocale>
#include <QString>
#include <QStringView>
#include <QTimeZone>

namespace keydesk {

// Days, moments and yes/no as people and other systems write them. Never reads the clock or the
// machine's time zone: what depends on a zone is given one.

/// "2026-01-05"; empty for an invalid date. The same in every language (ux.md, locale).
QString formatDate(QDate date);

/// Reads 2026-01-05, 2026-1-5, 2026/1/5, 2026.1.5, 20260105, 2026年1月5日, also in full-width
/// digits and with a time of midnight behind it, as spreadsheets export days. The year has four
/// digits and comes first. Fails with "value.not_date", for 2026-02-30 with "value.no_such_day".
Result<QDate> parseDate(QStringView text);

/// The business's own zone, whatever the PC's is: Asia/Shanghai (ux.md, locale).
QTimeZone businessZone();

/// Nine in the morning of that day there: when the work put off to a day is due.
Instant nineOn(QDate date);

/// "2026-01-05 09:30" in `zone`; empty for the null instant.
QString formatInstant(Instant at, const QTimeZone &zone);

/// "2026-01-05T01:30:00.000Z": what export files carry and parseInstant() reads back exactly.
QString isoInstant(Instant at);

/// Reads a day as parseDate() does, then 'T' or a space, hh:mm[:ss[.zzz]] and perhaps "Z" or
/// "+08:00"; without an offset the time is meant in `zone`; without a time, midnight there. Fails
/// with "value.not_instant" or "value.no_such_day", also for a time that `zone` skipped.
Result<Instant> parseInstant(QStringView text, const QTimeZone &zone);

/// Reads 是/否, 有/无, 对/错, yes/no, y/n, true/false, on/off, 1/0, √/×. Fails with
/// "value.not_yes_no".
Result<bool> parseBoolean(QStringView text);

/// "是" or "否"; "yes" or "no" in any other language.
QString formatBoolean(bool value, QLocale::Language language);

} // namespace keydesk
