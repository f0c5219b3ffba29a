#pragma once

#include <QListView>

namespace keydesk {

// What happened, newest first, grouped by day. The model answers InstantRole, DisplayRole (title),
// SecondaryRole (summary), PersonRole, IconRole and BadgeRole; filters are the page's chips.
class Timeline final : public QListView
{
    Q_OBJECT

public:
    explicit Timeline(QWidget *parent = nullptr);

    /// What a screen reader calls the list.
    void setListName(const QString &name) { setAccessibleName(name); }
    void addKey(QAction *action);
    void keyboardSearch(const QString &) override { }

Q_SIGNALS:
    void opened(const QString &id);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
};

} // namespace keydesk
