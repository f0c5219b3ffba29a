#pragma once

#include "ui/shell/workspace.h"
#include "ui/widgets/language.h"

#include <QDialog>
#include <QMainWindow>
#include <QPointer>
#include <QStackedWidget>

namespace keydesk {

class ActionSource;
class CommandPalette;
class EventLog;
class IdleWatch;
class LoginPage;
class NavRail;
class NoticeWatch;
class RecordSource;
class RecordTable;
class StatusLine;

// The one main window: rail, pages, palette, status line and toasts. Composes the pages of the list
// and knows none of them by type.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    struct Start
    {
        Workbench::SignIn signIn;
        QString eventLog;
        bool accessibleIds = false;
    };
    MainWindow(Workbench &workbench, Language &language, const Start &start,
               QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Shows a page of the rail; nothing happens for one this person does not have.
    void goTo(const QString &pageId);
    void openRecord(const QString &entity, const QString &id);
    QString currentPage() const;
    Workspace *page(const QString &pageId);

protected:
    void changeEvent(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void buildFrame();
    void buildActions();
    QAction *addCommand(const char *name, const QString &iconName, const QKeySequence &key,
                        std::function<void()> does);
    void retranslate();
    void fillRail();
    void enter();
    void leave();
    void askAgain(const Error &why, bool locked);
    void dropPages();
    void lock();
    void cover();
    void uncover();
    void askToLeave();
    QAction *lockAction();
    void switchDensity();
    void switchTextSize();
    void switchLockTime();
    void switchTheme();
    void switchLanguage();
    void goBack(int step);
    QString pageWords(const QString &pageId) const;
    void movePane(int step);
    RecordTable *shownList() const;
    void showKeys();
    void exposeIds(QWidget *widget);
    void refreshCounts();
    bool showOnItsPage(const QString &entity, const QString &id);

    Workbench &m_workbench;
    Language &m_language;
    const Start m_start;
    EventLog *const m_events; // null: not asked for
    RecordLookup m_lookup;
    ClockTicker m_ticker;
    std::unique_ptr<Desk> m_desk;
    QStackedWidget *m_views; // login, or frame
    LoginPage *m_login;
    QWidget *m_frame;
    NavRail *m_rail;
    QStackedWidget *m_pages;
    StatusLine *m_status;
    CommandPalette *m_palette;
    ActionSource *m_commands;
    RecordSource *m_records;
    std::unique_ptr<NoticeWatch> m_notices;
    QHash<QString, Workspace *> m_built;
    QList<QAction *> m_actions;
    QStringList m_history;
    int m_place = -1;
    RecordId m_pagesOf; // the person whom the pages were built for
    bool m_covered = false; // locked, or ended: the sign-in page stands before the pages
    IdleWatch *m_idle = nullptr;
    QPointer<QWidget> m_focusBefore; // the lock
    QList<QPointer<QDialog>> m_putAway; // what was open when it was locked
};

} // namespace keydesk
