#pragma once

#include "models/roles.h"

#include <QFrame>

class QAbstractItemModel;
class QListView;
class QAction;

namespace keydesk {

class CardDelegate;
class ClockTicker;
class CardList;
class TextLabel;

// One stage of a board: heading with count and sum, and the cards of a model below it. A card
// dropped here is only reported: whether it may move is decided by the command, and the model then
// shows it.
class KanbanColumn final : public QFrame
{
    Q_OBJECT

public:
    explicit KanbanColumn(const QString &id, QWidget *parent = nullptr);

    QString id() const { return m_id; }
    void setModel(QAbstractItemModel *model);
    void setTitle(const QString &title);
    /// The words under the heading: the sum of the stage, formatted.
    void setSummary(const QString &summary);
    void setTicker(const ClockTicker *ticker);
    /// Gives the action's shortcut to the cards, as RecordTable::addKey does.
    void addKey(QAction *action);
    QString currentId() const;
    bool selectId(const QString &id);
    QListView &list() const;

Q_SIGNALS:
    void opened(const QString &id);
    void currentIdChanged(const QString &id);
    /// A card of another column was dropped on this one.
    void cardDropped(const QString &cardId);
    /// Left or right was pressed: -1 or 1. The board moves the focus.
    void neighbourRequested(int step);
    void focused();
    /// Other cards may be here now.
    void cardsCame();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void updateHeading();

    QString m_id;
    QString m_title;
    TextLabel *m_heading;
    TextLabel *m_count;
    TextLabel *m_summary;
    CardList *m_list;
    CardDelegate *m_delegate;
};

} // namespace keydesk
