#pragma once

#include "ui/widgets/state_pane.h"

#include <QTableView>
#include <QTimer>

#include <optional>

class QMenu;

namespace keydesk {

class ClockTicker;
class RecordDelegate;

// The list of every page: rows of a model drawn by role, single-letter keys, columns the user
// chose, and a state in place of an empty list. It never edits and never sorts or filters by
// itself: the model does.
class RecordTable final : public QTableView
{
    Q_OBJECT

public:
    explicit RecordTable(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    /// Makes clocks in cells run. The ticker must outlive the table.
    void setTicker(const ClockTicker *ticker);
    /// What a screen reader calls the list; the number of rows is added.
    void setListName(const QString &name);

    /// Gives the action's shortcut to this list: it works only while the list has the focus.
    void addKey(QAction *action);

    /// The state to show while the model has no rows, or over them for NoPermission and Error.
    /// While rows are there, Loading is only a thin bar: a filled list is never blanked.
    void setState(const PaneState &state);
    void clearState();
    StatePane &statePane() { return *m_pane; }

    /// Widths of the columns in pixels at 100 % text size; they grow with the text.
    void setColumnWidths(const QList<int> &designPixels);
    /// The column (logical) that takes what the others leave, until the user gives it a width of
    /// his own; -1: the last one.
    void setStretchColumn(int column);
    /// Shows or hides a column for a reason of the list's own, which is no choice of the user's.
    void setColumnShown(int column, bool shown);
    /// Columns (logical) hidden until the user asks for them.
    void setHiddenByDefault(const QList<int> &columns);
    /// Order, width, sorting and choice of columns as the user left them, for the settings.
    QByteArray saveState() const;
    /// False when `state` is not of this list's columns; the list then keeps its default columns.
    bool restoreState(const QByteArray &state);
    /// Fills `menu` with one entry per column, and one for the default columns.
    void fillColumnMenu(QMenu &menu);

    /// Opens what can be done with the current row and the list by keyboard: its keys, the order,
    /// the columns. With `part`, only that part.
    enum class MenuPart { All, Sort, Columns };
    void openMenu(MenuPart part = MenuPart::All);

    /// IdRole of the current row; empty when there is none.
    QString currentId() const;
    QStringList selectedIds() const;
    /// Makes the record's row current; false when it is not in the list.
    bool selectId(const QString &id);
    /// The same, and as soon as the row is there if it is not yet. Until then, or until the user
    /// goes to another row, no other row is told to be current: the page shows that record already.
    void wantId(const QString &id);

    void keyboardSearch(const QString &) override { }

Q_SIGNALS:
    /// Enter or double click on a row.
    void opened(const QString &id);
    void currentIdChanged(const QString &id);
    void stateAction(keydesk::PaneState::Kind kind);
    /// The user moved, resized, hid or sorted columns: time to save them.
    void columnsChanged();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void applyTheme();
    void scaleColumns(int textPercent);
    void setUpHeader();
    void showHeaderMenu(const QPoint &at);
    void fillSortMenu(QMenu &menu);
    void fillRowMenu(QMenu &menu);
    void popUp(MenuPart part, const QPoint &at);
    void restoreDefaultColumns();
    void applyDefaultColumns();
    void fitStretchColumn();
    void onSectionResized(int column);
    void rowsChanged();
    void updateName();
    void updateOverlay();
    void chooseFirst();
    void rememberRow();
    void recallRow();
    void repaintClocks();
    void hover(int row);
    void updateRow(int row);
    bool hasRows() const;

    StatePane *m_pane;
    RecordDelegate *m_delegate;
    const ClockTicker *m_ticker = nullptr;
    std::optional<PaneState> m_state;
    QTimer m_loadingDelay;
    QString m_listName;
    QString m_rememberedId;
    QString m_wantedId; // to be made current once it is in the list
    bool m_choosing = false; // a row is made current by this class, not by the user
    QList<int> m_hiddenByDefault;
    QList<int> m_defaultWidths; // design pixels
    QTimer m_columnsChange;
    int m_stretchColumn = -1;
    bool m_stretchIsOwn = false; // the user gave the stretch column a width
    bool m_arranging = false; // widths change by this class, not by the user
    int m_hoveredRow = -1;
    int m_textPercent = 100;
};

} // namespace keydesk
