#include "support/desktop/desktop_driver.h"

#include "models/record_table_model.h"
#include "query/live_query.h"
#include "store/database.h"
#include "store/query.h"
#include "store/row_store.h"

#include <QApplication>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPointer>
#include <QTest>

namespace keydesk::test {

using namespace Qt::StringLiterals;

DesktopDriver::DesktopDriver(const QString &name, Language &language, const QString &dataDirectory,
                             const QSize &size, decltype(Workbench::Options::makeLink) makeLink)
    : m_name(name)
{
    Workbench::Options options;
    options.dataDirectory = dataDirectory;
    options.appVersion = u"0.1.0"_s;
    options.makeLink = std::move(makeLink);
    m_workbench = std::make_unique<Workbench>(std::move(options));
    m_window = std::make_unique<MainWindow>(*m_workbench, language, MainWindow::Start{});
    m_window->resize(size);
    m_window->show();
    activate();
}

DesktopDriver::~DesktopDriver() = default;

void DesktopDriver::fail(const QString &what)
{
    if (m_problem.isEmpty())
        m_problem = u"%1: %2 (page %3, focus on %4)"_s.arg(m_name, what, m_window->currentPage(),
                                                           focusName());
}

// ---- Hands

QWindow *DesktopDriver::activate()
{
    const auto belongsHere = [this](const QWindow *window) {
        for (; window; window = window->transientParent()) {
            if (window == m_window->windowHandle())
                return true;
        }
        return false;
    };
    if (!belongsHere(QGuiApplication::focusWindow())) {
        QWidget *top = m_window.get();
        for (QWidget *dialog : QApplication::topLevelWidgets()) {
            if (dialog->isVisible() && dialog->isWindow() && dialog->parentWidget()
                && dialog->parentWidget()->window() == m_window.get()
                && dialog->windowType() == Qt::Dialog)
                top = dialog;
        }
        top->activateWindow();
        until(u"the window becomes active"_s,
              [&] { return belongsHere(QGuiApplication::focusWindow()); });
    }
    return m_problem.isEmpty() ? QGuiApplication::focusWindow() : nullptr;
}

DesktopDriver &DesktopDriver::press(const QString &chord, int times)
{
    const QKeySequence keys(chord, QKeySequence::PortableText);
    for (int i = 0; i < times; ++i) {
        const QPointer<QWindow> window = activate();
        if (!window)
            return *this;
        const Qt::KeyboardModifiers held = keys[0].keyboardModifiers();
        QTest::keyPress(window.get(), keys[0].key(), held);
        // What a key closes may be gone before all of the chord is let go.
        for (const auto &[key, modifier] :
             {std::pair(keys[0].key(), Qt::NoModifier), std::pair(Qt::Key_Shift, Qt::ShiftModifier),
              std::pair(Qt::Key_Control, Qt::ControlModifier),
              std::pair(Qt::Key_Alt, Qt::AltModifier)}) {
            if (window && (held & modifier) == modifier)
                QTest::keyRelease(window.get(), key);
        }
        QCoreApplication::processEvents();
    }
    return *this;
}

DesktopDriver &DesktopDriver::type(const QString &text)
{
    if (!activate())
        return *this;
    QObject *target = QGuiApplication::focusObject();
    QInputMethodQueryEvent ask(Qt::ImEnabled);
    if (target)
        QCoreApplication::sendEvent(target, &ask);
    if (!target || !ask.value(Qt::ImEnabled).toBool()) {
        fail(u"nothing here takes text: "_s + text);
        return *this;
    }
    QInputMethodEvent commit;
    commit.setCommitString(text);
    QCoreApplication::sendEvent(target, &commit);
    QCoreApplication::processEvents();
    return *this;
}

DesktopDriver &DesktopDriver::tabTo(const QString &objectName)
{
    // More stops than the fullest page has.
    for (int stop = 0; stop < 120 && m_problem.isEmpty(); ++stop) {
        activate();
        if (focusName() == objectName)
            return *this;
        press(u"Tab"_s);
    }
    fail(u"Tab does not reach "_s + objectName);
    return *this;
}

DesktopDriver &DesktopDriver::fill(const QString &objectName, const QString &text)
{
    return tabTo(objectName).press(u"Ctrl+A"_s).type(text);
}

DesktopDriver &DesktopDriver::chooseView(const QString &viewId)
{
    // One Tab stop for all views of a switch: the one that is shown.
    const auto isAmongThem = [&] {
        const QWidget *focus = QApplication::focusWidget();
        return focusName().startsWith(u"view."_s)
            && focus->parentWidget()->findChild<QWidget *>(u"view."_s + viewId);
    };
    for (int stop = 0; stop < 120 && m_problem.isEmpty() && !isAmongThem(); ++stop)
        press(u"Tab"_s);
    for (const QString &arrow : {u"Right"_s, u"Left"_s}) {
        for (int step = 0; step < 4 && focusName() != u"view."_s + viewId; ++step)
            press(arrow);
    }
    return untilFocused(u"view."_s + viewId).untilStill();
}

DesktopDriver &DesktopDriver::signIn(const QString &server, const QString &user,
                                     const QString &password, const QString &enrolment)
{
    until(u"the sign-in page is shown"_s, [this] { return find(u"page.login"_s) != nullptr; });
    fill(u"login.server"_s, server);
    fill(u"login.user"_s, user);
    fill(u"login.password"_s, password);
    if (!enrolment.isEmpty())
        fill(u"login.enrolment"_s, enrolment);
    press(u"Return"_s);
    until(
        u"the first load is complete"_s,
        [this] { return m_workbench->isReady() && find(u"rail"_s) != nullptr; }, 3 * patience);
    until(u"the line is up"_s, [this] { return m_workbench->status().state == SyncStatus::Live; });
    return untilStill();
}

DesktopDriver &DesktopDriver::setCable(bool plugged)
{
    m_workbench->setLinkEnabled(plugged);
    return until(plugged ? u"the line is back"_s : u"the line is down"_s, [this, plugged] {
        const auto state = m_workbench->status().state;
        return plugged ? state == SyncStatus::Live : state == SyncStatus::Offline;
    });
}

DesktopDriver &DesktopDriver::breakReplica(const QByteArray &table)
{
    Query where = m_workbench->reader().store().database().query(
        "SELECT file FROM pragma_database_list WHERE name = 'main'");
    auto other = where.next() ? Database::open(where.text(0))
                              : Result<std::unique_ptr<Database>>(Error("offline"_reason));
    if (!other || !(*other)->execute("ALTER TABLE " + table + " RENAME TO lost"))
        fail(u"the replica cannot be broken"_s);
    return *this;
}

// ---- Eyes

DesktopDriver &DesktopDriver::until(const QString &what, const std::function<bool()> &isTrue,
                                    int milliseconds)
{
    if (m_problem.isEmpty() && !QTest::qWaitFor(isTrue, milliseconds))
        fail(u"not in time: "_s + what);
    return *this;
}

DesktopDriver &DesktopDriver::untilStill()
{
    return until(u"the lists are read"_s, [this] {
        for (const LiveReading *reading : m_window->findChildren<LiveReading *>()) {
            if (reading->isLoading())
                return false;
        }
        for (const RecordTableModel *rows : m_window->findChildren<RecordTableModel *>()) {
            if (rows->query().isLoading())
                return false;
        }
        return true;
    });
}

DesktopDriver &DesktopDriver::untilPage(const QString &pageId)
{
    until(u"page "_s + pageId, [this, &pageId] {
        return m_window->currentPage() == pageId && find(u"page."_s + pageId);
    });
    return untilStill();
}

DesktopDriver &DesktopDriver::untilSettled()
{
    const auto settled = std::make_shared<bool>(false);
    m_workbench->whenSettled([settled] { *settled = true; });
    until(u"the queue is answered"_s, [settled] { return *settled; });
    return untilStill();
}

DesktopDriver &DesktopDriver::untilFocused(const QString &objectName)
{
    return until(u"the focus is on "_s + objectName,
                 [this, &objectName] { return focusName() == objectName; });
}

QWidget *DesktopDriver::find(const QString &objectName) const
{
    if (objectName == m_window->objectName())
        return m_window.get();
    for (QWidget *widget : m_window->findChildren<QWidget *>(objectName)) {
        if (widget->isVisible())
            return widget;
    }
    return nullptr;
}

QString DesktopDriver::focusName() const
{
    const QWidget *widget = QApplication::focusWidget();
    // A compound field is named, not the line inside it.
    while (widget && widget->objectName().isEmpty())
        widget = widget->parentWidget();
    if (widget && widget->objectName().startsWith(u"qt_") && widget->parentWidget())
        widget = widget->parentWidget();
    return widget ? widget->objectName() : QString();
}

QPixmap DesktopDriver::picture() const
{
    QPixmap screen = m_window->grab();
    QPainter painter(&screen);
    for (QWidget *other : QApplication::topLevelWidgets()) {
        const QWidget *parent = other->parentWidget();
        if (!other->isVisible() || !parent || parent->window() != m_window.get()
            || other->windowType() == Qt::ToolTip)
            continue;
        painter.drawPixmap(other->pos() - m_window->pos(), other->grab());
    }
    return screen;
}

DesktopDriver &DesktopDriver::shoot(const QString &path)
{
    if (m_problem.isEmpty() && !picture().save(path, "PNG"))
        fail(u"picture not written: "_s + path);
    return *this;
}

} // namespace keydesk::test
