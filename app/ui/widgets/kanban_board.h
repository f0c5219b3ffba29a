#pragma once

#include <QScrollArea>

class QHBoxLayout;

namespace keydesk {

class KanbanColumn;

// Columns side by side; left and right move between them and keep the height. It scrolls sideways
// when they do not fit.
class KanbanBoard final : public QScrollArea
{
    Q_OBJECT

public:
    explicit KanbanBoard(QWidget *parent = nullptr);

    /// Adds a column at the right; the board owns it.
    KanbanColumn *addColumn(const QString &id, const QString &title);
    KanbanColumn *column(const QString &id) const;
    const QList<KanbanColumn *> &columns() const { return m_columns; }

Q_SIGNALS:
    void opened(const QString &id);
    void currentIdChanged(const QString &id);
    /// The user dropped a card on a column; nothing has moved yet.
    void moveRequested(const QString &cardId, const QString &columnId);

private:
    void selectOnlyIn(const KanbanColumn *column);
    void focusNeighbour(const KanbanColumn *from, int step);

    QHBoxLayout *m_row;
    QList<KanbanColumn *> m_columns;
};

} // namespace keydesk
