#pragma once

class QFontMetrics;

namespace keydesk {

class RecordTableModel;

/// The width a column starts with, in pixels of `metrics`: what the widest usual value of its kind
/// needs (a date, an amount, the longest word of a list), and never less than its heading.
int defaultColumnWidth(const RecordTableModel &model, int column, const QFontMetrics &metrics);

/// The column that takes the room the others leave: the title of the record, or -1 where the title
/// is as short as any other column.
int stretchColumnOf(const RecordTableModel &model);

} // namespace keydesk
