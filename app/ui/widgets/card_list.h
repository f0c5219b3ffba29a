#pragma once

#include <QListView>

namespace keydesk {

// The list inside a board's column: cards go and come by drag and drop as ids, never as rows,
// because only a command may move a record. A card that goes away chooses no other: the next key
// would act on it.
class CardList final : public QListView
{
    Q_OBJECT

public:
    static constexpr auto mimeType = "application/x-keydesk-record";

    explicit CardList(QWidget *parent = nullptr);

    void keyboardSearch(const QString &) override { }

Q_SIGNALS:
    void opened(const QString &id);
    /// The person chose this card.
    void currentIdChanged(const QString &id);
    void cardDropped(const QString &cardId);
    void neighbourRequested(int step);
    void focused();

protected:
    void startDrag(Qt::DropActions actions) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last) override;

private:
    bool m_removing = false;
};

} // namespace keydesk
