#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace keydesk {

// What a model may say about a cell or a row beyond its text. Views draw from these roles alone, so
// a model never paints and a view never knows an entity.
enum ItemRole {
    IdRole = Qt::UserRole + 100, ///< QString: the record behind the row; keeps it across updates
    SortRole, ///< what the column sorts by when that is not its text
    BadgeRole, ///< Badge or QList<Badge>: drawn instead of the text
    ClockRole, ///< ClockValue: drawn instead of the text, ticks by itself
    SparklineRole, ///< QList<double>: oldest first, drawn as a small line
    ProgressRole, ///< int 0..100: drawn as a bar with the number beside it
    IconRole, ///< QString: icon name (resources/icons), before the text
    SecondaryRole, ///< QString: second, quieter line of a card, entry or candidate
    ValueRole, ///< QString: amount shown at the right of a card
    PersonRole, ///< QString: owner of a card, author of a timeline entry
    InstantRole, ///< qint64: UTC ms of a timeline entry; newest row first
    MutedRole, ///< bool: the cell is drawn in the quiet text colour
    StruckRole, ///< bool: expired or withdrawn, drawn struck through
    SectionRole, ///< QString: heading under which equal neighbours are grouped
    ShortcutRole, ///< QString: key drawn at the right of a palette row
    HintRole, ///< QString: second key with its word, "Alt+Enter: call"
};

// The only kinds a badge has. Colour never speaks alone: each kind has its own glyph, and the text
// is always drawn.
enum class BadgeKind { Neutral, Info, Ok, Warn, Danger, Pending };

struct Badge
{
    BadgeKind kind = BadgeKind::Neutral;
    QString text;

    bool operator==(const Badge &) const = default;
};

// A deadline. `dueMs` and `totalMs` decide text and colour against the time of painting; a
// non-empty `pausedText` ("paused: customer") stops it.
struct ClockValue
{
    qint64 dueMs = 0; ///< UTC ms; 0 means that there is no deadline
    qint64 totalMs = 0; ///< what was allowed in all; 0 counts as already urgent below one hour
    QString pausedText;

    bool operator==(const ClockValue &) const = default;
};

} // namespace keydesk

Q_DECLARE_METATYPE(keydesk::Badge)
Q_DECLARE_METATYPE(keydesk::ClockValue)
