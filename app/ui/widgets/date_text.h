#pragma once

#include <QDate>
#include <QString>
#include <QTime>

#include <optional>

namespace keydesk {

/// Reads a date as people type it, against `today`: "2026-11-21", "20261121", "2026/11/21",
/// "11-21" (this year), "+3", "-1", "今天", "明天", "后天", "昨天", "周二" (the next one, today
/// included), "下周二" (of the week after this, weeks begin on Monday), "today", "tomorrow", "tue",
/// "next tue".
std::optional<QDate> dateFromText(const QString &text, QDate today);
/// Reads "9:40", "0940", "9点", "9点半", "9:40pm".
std::optional<QTime> timeFromText(const QString &text);

} // namespace keydesk
