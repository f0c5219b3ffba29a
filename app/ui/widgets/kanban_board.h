#pragma once

#include <QScrollArea>

class QHBoxLayout;

namespace keydesk {

class KanbanColumn;

// Columns side by side; left and right move between them and keep the height. It scrolls sideways
// when they do not fit. One card of the whole board is the current one, and stays it wherever it
// goes.
class KanbanBoard final : public QScrollArea
{
    Q_OBJECT

public:
    explicit KanbanBoard(QWidget *parent = nullptr);

    /// Adds a column at the right; the board owns it.
    KanbanColumn *addColumn(const QString &id, const QString &title);
    KanbanColumn *column(const QString &id) const;
    const QList<KanbanColumn *> &columns() const { return m_columns; }
    /// Makes this card the current one, also if it comes later; none is marked until then.
    void wantId(const QString &id);

Q_SIGNALS:
    void opened(const QString &id);
    /// The person chose this card; empty: he went to a column without cards.
    void currentIdChanged(const QString &id);
    /// The user dropped a card on a column; nothing has moved yet.
    void moveRequested(const QString &cardId, const QString &columnId);

private:
    void selectOnlyIn(const KanbanColumn *column);
    void focusNeighbour(const KanbanColumn *from, int step);
    void take(const QString &id);
    void followTo(KanbanColumn *column);

    QHBoxLayout *m_row;
    QList<KanbanColumn *> m_columns;
    QString m_current;
};

} // namespace keydesk
