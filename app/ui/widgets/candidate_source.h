#pragma once

#include "models/roles.h"

#include <QObject>

namespace keydesk {

// One thing that a search offers.
struct Candidate
{
    QString id;
    QString title;
    QString detail; ///< quieter words after the title: level, manager, masked number
    QString icon;
    QString shortcut; ///< the key that does the same without the palette
    QString hint; ///< what Alt+Enter does here, in words; empty when nothing
    QList<Badge> badges;

    bool operator==(const Candidate &) const = default;
};

// Answers searches for the palette and for pickers, whenever it can: from a worker, in several
// parts, or never. It holds no widget; whoever asked drops answers of an older generation.
class CandidateSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Looks for `text` as typed. A newer query replaces the one before; answers carry
    /// `generation`.
    virtual void query(const QString &text, int generation) = 0;

Q_SIGNALS:
    /// What was found so far, best first; replaces the former answer to the same generation.
    void found(int generation, const QList<keydesk::Candidate> &candidates);
};

// A section of the command palette.
class PaletteSource : public CandidateSource
{
    Q_OBJECT

public:
    using CandidateSource::CandidateSource;

    /// The section's heading, in the language of the moment.
    virtual QString title() const = 0;
    /// The sign that limits a search to this source ('>', '@', '#', '?'); null takes part always.
    virtual QChar prefix() const { return {}; }
    /// Opens or runs the candidate; `alternate` is Alt+Enter.
    virtual void activate(const QString &id, bool alternate) = 0;
};

} // namespace keydesk

Q_DECLARE_METATYPE(keydesk::Candidate)
