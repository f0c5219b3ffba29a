#pragma once

#include <QListView>

namespace keydesk {

// The list inside a board's column: cards go and come by drag and drop as ids, never as rows,
// because only a command may move a record.
class CardList final : public QListView
{
    Q_OBJECT

public:
    static constexpr auto mimeType = "application/x-keydesk-record";

    explicit CardList(QWidget *parent = nullptr);

    void keyboardSearch(const QString &) override { }

Q_SIGNALS:
    void opened(const QString &id);
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
};

} // namespace keydesk
