#pragma once

#include "ui/shell/main_window.h"

#include <QWidget>

class QTableView;

namespace keydesk::test {

// A person at one desktop: a real main window with its workbench and worker thread, driven by keys
// alone and looked at by object name. After the first thing that did not come true it does nothing
// more and says what that was.
class DesktopDriver final
{
public:
    static constexpr int patience = 30'000; // ms, against a loaded machine only

    /// `name` is for messages. `language` is shared by all windows of the program. `makeLink`: for
    /// a server in the test's own process.
    DesktopDriver(const QString &name, Language &language, const QString &dataDirectory,
                  const QSize &size = {1366, 768},
                  decltype(Workbench::Options::makeLink) makeLink = {});
    ~DesktopDriver();
    DesktopDriver(const DesktopDriver &) = delete;
    DesktopDriver &operator=(const DesktopDriver &) = delete;

    Workbench &workbench() { return *m_workbench; }
    MainWindow &window() { return *m_window; }
    const QString &name() const { return m_name; }
    /// What went wrong first; empty while all is well.
    const QString &problem() const { return m_problem; }
    void fail(const QString &what);
    /// The problem, and works on as if it had not been.
    QString takeProblem() { return std::exchange(m_problem, {}); }

    // ---- Hands
    /// One chord, "Ctrl+K", sent to whatever has the focus, as the window system would.
    DesktopDriver &press(const QString &chord, int times = 1);
    /// Types as an input method commits: any language, no shortcuts.
    DesktopDriver &type(const QString &text);
    /// Presses Tab until this control has the focus.
    DesktopDriver &tabTo(const QString &objectName);
    /// tabTo(), everything selected, then type().
    DesktopDriver &fill(const QString &objectName, const QString &text);
    /// Goes to the views of the page's header and moves to this one.
    DesktopDriver &chooseView(const QString &viewId);
    /// Fills the first view and waits until there is something to read.
    DesktopDriver &signIn(const QString &server, const QString &user, const QString &password,
                          const QString &enrolment = {});
    /// Puts the network back or takes it away: the world's hand, not the person's.
    DesktopDriver &setCable(bool plugged);
    /// Takes a table from under the reader: what a broken disk looks like. No way back.
    DesktopDriver &breakReplica(const QByteArray &table);

    // ---- Eyes
    /// Processes events until it is true; `what` is the sentence of the problem otherwise.
    DesktopDriver &until(const QString &what, const std::function<bool()> &isTrue,
                         int milliseconds = patience);
    /// Until no list of the window is being read.
    DesktopDriver &untilStill();
    /// Until this page is shown.
    DesktopDriver &untilPage(const QString &pageId);
    /// Until the queue is answered and everything committed until now is here.
    DesktopDriver &untilSettled();
    /// Until this control is shown with the focus.
    DesktopDriver &untilFocused(const QString &objectName);

    /// The visible widget of this name; null if there is none.
    QWidget *find(const QString &objectName) const;
    template <class W>
    W *find(const QString &objectName) const
    {
        return qobject_cast<W *>(find(objectName));
    }
    /// Object name of what has the focus.
    QString focusName() const;
    /// The window as it is on the screen, with its dialogs and menus.
    QPixmap picture() const;
    /// Writes picture() as PNG.
    DesktopDriver &shoot(const QString &path);

private:
    /// Makes this desktop's window, or its dialog, the one that gets the keys.
    QWindow *activate();

    QString m_name;
    QString m_problem;
    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace keydesk::test
