#pragma once

#include "ui/widgets/keydesk_style.h"

#include <QWidget>

#include <utility>

class QAction;
class QBoxLayout;
class QHBoxLayout;
class QLineEdit;
class QPushButton;
class QShortcut;
class QTimer;

namespace keydesk {

class FilterChips;
class TextLabel;
class ViewSwitch;

// The top of every page: what this is, how one looks at it, what it is filtered by, what can be
// done. Parts that a page does not fill take no room.
class PageHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit PageHeader(QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /// The quiet words beside the title: a count, "as of 09:42".
    void setSubtitle(const QString &subtitle);
    void setSubtitleVisible(bool visible);
    ViewSwitch &views() { return *m_views; }
    FilterChips &chips() { return *m_chips; }
    QLineEdit &searchField() { return *m_search; }
    /// Shows the filter field; Ctrl+F focuses it from anywhere in `page`. Call again to change the
    /// words.
    void enableSearch(const QString &placeholder, QWidget *page);
    /// Adds a button that follows the action: text, icon, key in the tool tip, enabled, visible.
    void addButton(QAction *action, Prominence prominence = Prominence::Normal);
    /// Any further widget, left of the buttons.
    void addWidget(QWidget *widget);
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The filter text, 150 ms after it was last committed: never while an input method composes.
    void searched(const QString &text);
    /// Down or Enter in the filter field, or Esc while it is empty.
    void listWanted();

protected:
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    void moveSearch(bool below);
    void setCompact(bool compact);
    int wordsOfButtons() const;

    QHBoxLayout *m_top;
    QHBoxLayout *m_below;
    TextLabel *m_title;
    TextLabel *m_subtitle;
    ViewSwitch *m_views;
    FilterChips *m_chips;
    QLineEdit *m_search;
    QHBoxLayout *m_actions;
    QList<std::pair<QPushButton *, QAction *>> m_buttons;
    bool m_compact = false;
    QTimer *m_searchDelay;
    QShortcut *m_find = nullptr;
};

} // namespace keydesk
