#include "ui/shell/main_window.h"

#include "ui/pages/command_text.h"
#include "ui/shell/command_words.h"
#include "ui/shell/event_log.h"
#include "ui/shell/idle_watch.h"
#include "ui/shell/key_sheet.h"
#include "ui/shell/login_page.h"
#include "ui/shell/notice_watch.h"
#include "ui/shell/panes.h"
#include "ui/shell/record_parents.h"
#include "ui/shell/record_source.h"
#include "ui/shell/status_line.h"
#include "ui/widgets/action_source.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/nav_rail.h"
#include "ui/widgets/reading_order.h"
#include "ui/widgets/record_table.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCloseEvent>
#include <QDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

MainWindow::MainWindow(Workbench &workbench, Language &language, const Start &start,
                       QWidget *parent)
    : QMainWindow(parent)
    , m_workbench(workbench)
    , m_language(language)
    , m_start(start)
    , m_events(start.eventLog.isEmpty() ? nullptr : new EventLog(start.eventLog, this))
    , m_lookup(workbench.reader())
    , m_ticker([] { return QDateTime::currentMSecsSinceEpoch(); })
{
    setObjectName(u"main"_s);
    // Never larger than the screen leaves room for: panels, and the frame with its title.
    const int title = style()->pixelMetric(QStyle::PM_TitleBarHeight);
    const QSize room = screen()->availableGeometry().size() - QSize(2, title + 2);
    setMinimumSize(QSize(1080, 600).boundedTo(room));
    resize(QSize(1366, 768).boundedTo(room));
    restoreGeometry(m_workbench.settings().state(u"window"_s));
    buildFrame();
    buildActions();
    retranslate();
    connect(&m_workbench, &Workbench::signedIn, this, &MainWindow::uncover);
    connect(&m_workbench, &Workbench::refused, this, &MainWindow::askAgain);
    connect(&m_workbench, &Workbench::meChanged, this, &MainWindow::enter);
    connect(&m_workbench, &Workbench::ready, this, &MainWindow::enter);
    connect(&m_workbench, &Workbench::signedOut, this, &MainWindow::leave);
    connect(&m_workbench, &Workbench::changed, this, &MainWindow::refreshCounts);
    connect(&m_workbench, &Workbench::statusChanged, this, &MainWindow::refreshCounts);
    connect(&m_workbench, &Workbench::commandRejected, this,
            [this](const RejectedCommand &rejected) {
                const CommandType *type = m_workbench.registry().find(rejected.call.type);
                m_desk->toasts.show(tr("“%1” was refused: %2", "name of a command, reason")
                                        .arg(type ? type->label.text() : rejected.call.type,
                                             refusalText(rejected, m_workbench)),
                                    BadgeKind::Danger);
            });
    connect(m_login, &LoginPage::unlocked, this, &MainWindow::uncover);
    auto *idle = new IdleWatch(m_ticker, this);
    m_idle = idle;
    idle->setMinutes(m_workbench.settings().value(setting::lockAfterMinutes));
    connect(idle, &IdleWatch::idle, this, &MainWindow::lock);
    m_login->begin(m_start.signIn);
}

MainWindow::~MainWindow() = default;

void MainWindow::buildFrame()
{
    m_views = new QStackedWidget(this);
    setCentralWidget(m_views);
    m_login = new LoginPage(m_workbench, m_language, m_views);
    m_views->addWidget(m_login);

    m_frame = new QWidget(m_views);
    m_views->addWidget(m_frame);
    auto *across = new QHBoxLayout(m_frame);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(0);
    m_rail = new NavRail(m_frame);
    m_rail->setObjectName(u"rail"_s);
    across->addWidget(m_rail);
    auto *down = new QVBoxLayout;
    down->setContentsMargins(0, 0, 0, 0);
    down->setSpacing(0);
    across->addLayout(down, 1);
    auto *stage = new QWidget(m_frame); // what toasts lie over: the pages, never the status line
    auto *stageLayout = new QVBoxLayout(stage);
    stageLayout->setContentsMargins(0, 0, 0, 0);
    m_pages = new QStackedWidget(stage);
    m_pages->setObjectName(u"pages"_s);
    stageLayout->addWidget(m_pages);
    down->addWidget(stage, 1);
    m_status = new StatusLine(m_workbench, m_frame);
    down->addWidget(m_status);

    auto *toasts = new ToastHost(stage);
    m_desk = std::make_unique<Desk>(
        Desk{m_workbench, m_lookup, m_ticker, *toasts,
             [this](const QString &entity, const QString &id) { openRecord(entity, id); },
             [this](const QString &pageId, const QString &filter) {
                 goTo(pageId);
                 if (Workspace *target = filter.isEmpty() ? nullptr : page(pageId))
                     target->showFiltered(filter);
             }});

    m_notices = std::make_unique<NoticeWatch>(*m_desk);
    m_palette = new CommandPalette(m_frame);
    m_records = new RecordSource(m_workbench, this);
    m_commands = new ActionSource(this);
    m_commands->setMatcher(&RecordSource::matchesWords);
    m_palette->addSource(m_records);
    m_palette->addSource(m_commands);
    connect(m_records, &RecordSource::chosen, this, &MainWindow::openRecord);
    connect(m_rail, &NavRail::activated, this, &MainWindow::goTo);
    connect(m_rail, &NavRail::collapsedChanged, this, [this](bool collapsed) {
        m_workbench.settings().set(setting::railCollapsed, collapsed);
    });
    m_rail->setCollapsed(m_workbench.settings().value(setting::railCollapsed));
    connect(m_status, &StatusLine::centreRequested, this, [this] { goTo(u"sync"_s); });
    connect(m_status, &StatusLine::noticesRequested, this,
            [this] { m_desk->goTo(u"today"_s, u"notices"_s); });
}

void MainWindow::fillRail()
{
    QList<NavItem> items;
    for (const PageEntry &entry : pageList()) {
        if (!entry.isFor(m_workbench.me()))
            continue;
        NavItem item{entry.id, entry.title.text(), entry.icon, {}, entry.atBottom};
        if (items.size() < 10)
            item.shortcut = u"Alt+%1"_s.arg((items.size() + 1) % 10);
        items.append(item);
    }
    m_rail->setItems(items);
    // The palette and the key sheet name the pages as the rail does.
    qsizetype place = 0;
    for (QAction *action : std::as_const(m_actions)) {
        if (action->objectName() != u"window.page")
            continue;
        action->setText(place < items.size() ? items.at(place).text : QString());
        action->setWhatsThis(place < items.size() ? pageWords(items.at(place).id) : QString());
        action->setIcon(place < items.size() ? icon(items.at(place).icon) : QIcon());
        ++place;
    }
    refreshCounts();
}

// The list with the focus, or the first that is seen.
RecordTable *MainWindow::shownList() const
{
    if (auto *focused = qobject_cast<RecordTable *>(focusWidget()))
        return focused;
    for (RecordTable *list : m_pages->findChildren<RecordTable *>()) {
        if (list->isVisible())
            return list;
    }
    return nullptr;
}

// What a page is called in the language that is not shown.
QString MainWindow::pageWords(const QString &pageId) const
{
    for (const PageEntry &entry : pageList()) {
        if (entry.id == pageId)
            return entry.title.text(QLocale::Chinese) + u' ' + entry.title.text(QLocale::English);
    }
    return {};
}

void MainWindow::movePane(int step)
{
    if (m_pages->currentWidget())
        focusNeighbourPane(*m_rail, *m_pages->currentWidget(), *m_status, step);
}

// The rail tells what waits: notices not read, refused commands.
void MainWindow::refreshCounts()
{
    if (!m_workbench.isReady())
        return;
    const int refused = int(m_workbench.status().rejected);
    m_rail->setCount(u"sync"_s, refused, refused > 0);
    m_rail->setCount(u"today"_s, m_notices->unread());
}

void MainWindow::enter()
{
    if (!m_workbench.isSignedIn() || m_covered)
        return;
    if (m_pagesOf != m_workbench.me().id)
        dropPages();
    m_pagesOf = m_workbench.me().id;
    fillRail();
    if (!m_workbench.isReady()) {
        m_views->setCurrentWidget(m_login);
        return;
    }
    const bool arriving = m_views->currentWidget() != m_frame;
    m_views->setCurrentWidget(m_frame);
    if (arriving && !m_rail->ids().isEmpty())
        goTo(m_place >= 0 ? m_history.at(m_place) : m_rail->ids().constFirst());
}

void MainWindow::leave()
{
    m_views->setCurrentWidget(m_login);
    dropPages();
    m_login->begin({});
}

// The server, or the lease, ended what this person does here. Nobody reads on; the queue stays, and
// where only the session ended, so do the pages with what is typed in them.
void MainWindow::askAgain(const Error &why, bool locked)
{
    const bool ended = locked || why.key() == u"login.session_ended";
    if (!ended || (m_views->currentWidget() != m_frame && !m_covered))
        return;
    if (locked)
        dropPages();
    else
        cover();
    m_views->setCurrentWidget(m_login);
    m_login->askAgain(why);
}

void MainWindow::lock()
{
    if (m_views->currentWidget() != m_frame)
        return;
    cover();
    m_login->askUnlock(m_workbench.me().code);
}

// Covers the pages with all that is typed in them; the session and the line go on beneath.
void MainWindow::cover()
{
    m_palette->close();
    if (!m_covered)
        m_focusBefore = focusWidget();
    for (QDialog *dialog : findChildren<QDialog *>()) {
        if (!dialog->isVisible())
            continue;
        m_putAway.append(dialog);
        dialog->hide();
    }
    m_covered = true;
    m_views->setCurrentWidget(m_login);
}

// Whoever is in now: with the pages of another person, the dialogs went too.
void MainWindow::uncover()
{
    const bool was = std::exchange(m_covered, false);
    enter();
    if (!was || m_views->currentWidget() != m_frame)
        return;
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
    const auto dialogs = std::exchange(m_putAway, {});
    for (const QPointer<QDialog> &dialog : dialogs) {
        if (dialog)
            dialog->open();
    }
}

// Nothing is lost by leaving, and that has to be said: what was not sent stays on this PC.
void MainWindow::askToLeave()
{
    const auto queue = m_workbench.queue(); // the status may lag behind the last word typed
    const int waiting = int(std::count_if(queue.begin(), queue.end(),
                                          [](const auto &command) { return !command.answered; }));
    if (waiting == 0)
        return m_workbench.signOut();
    auto *question = new QMessageBox(
        QMessageBox::Question, tr("Sign out"),
        tr("%n change(s) have not been sent yet. They stay on this PC and are sent when you sign "
           "in here again.",
           nullptr, waiting),
        QMessageBox::NoButton, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setObjectName(u"signOut.question"_s);
    QPushButton *yes = question->addButton(tr("Sign out"), QMessageBox::AcceptRole);
    yes->setObjectName(u"signOut.yes"_s);
    question->addButton(tr("Stay"), QMessageBox::RejectRole);
    connect(yes, &QPushButton::clicked, this, [this] { m_workbench.signOut(); });
    question->open();
}

void MainWindow::dropPages()
{
    for (Workspace *built : std::as_const(m_built)) {
        m_pages->removeWidget(built);
        built->deleteLater();
    }
    m_built.clear();
    m_history.clear();
    m_place = -1;
    m_pagesOf = {};
    m_covered = false;
    // What the messages can take back or open is that person's.
    m_desk->toasts.clear();
    m_putAway.clear();
    for (QDialog *dialog : findChildren<QDialog *>())
        dialog->deleteLater();
}

Workspace *MainWindow::page(const QString &pageId)
{
    if (Workspace *built = m_built.value(pageId))
        return built;
    for (const PageEntry &entry : pageList()) {
        if (entry.id != pageId || !entry.isFor(m_workbench.me()))
            continue;
        Workspace *fresh = entry.make(*m_desk, m_pages);
        fresh->setObjectName(u"page."_s + pageId);
        m_built.insert(pageId, fresh);
        m_pages->addWidget(fresh);
        return fresh;
    }
    return nullptr;
}

void MainWindow::goTo(const QString &pageId)
{
    Workspace *target = page(pageId);
    if (!target)
        return;
    if (m_place < 0 || m_history.at(m_place) != pageId) {
        m_history = m_history.mid(0, m_place + 1);
        m_history.append(pageId);
        m_place = int(m_history.size()) - 1;
    }
    m_rail->setCurrent(pageId);
    m_pages->setCurrentWidget(target);
    m_commands->clear();
    const QList<QAction *> pageActions = target->pageActions();
    for (QAction *action : pageActions)
        action->setWhatsThis(searchWords(action->objectName()));
    m_commands->addActions(pageActions);
    m_commands->addActions(m_actions);
    target->arrive();
    if (m_start.accessibleIds)
        exposeIds(target);
    if (m_events)
        m_events->note(u"painted"_s, {{u"page"_s, pageId}});
}

QString MainWindow::currentPage() const
{
    return m_rail->current();
}

void MainWindow::goBack(int step)
{
    const int place = m_place + step;
    if (place < 0 || place >= m_history.size())
        return;
    m_place = place;
    goTo(m_history.at(place));
}

bool MainWindow::showOnItsPage(const QString &entity, const QString &id)
{
    for (const PageEntry &entry : pageList()) {
        Workspace *candidate = entry.homeOf.contains(entity) ? page(entry.id) : nullptr;
        if (candidate && candidate->showRecord(entity, id)) {
            goTo(entry.id);
            return true;
        }
    }
    return false;
}

// A record without a page of its own opens what it belongs to; without that, says what to do.
void MainWindow::openRecord(const QString &entity, const QString &id)
{
    if (showOnItsPage(entity, id))
        return;
    const RecordId record(id);
    const std::vector<RecordParent> parents = parentsOf(m_workbench.reader(), entity, record);
    for (const RecordParent &parent : parents) {
        if (showOnItsPage(parent.entity, parent.id.text()))
            return;
    }
    const EntityInfo *info = m_workbench.catalog().find(entity);
    const QString kind = info ? info->label().text() : entity;
    const QString title = m_lookup.title(entity, id);
    m_desk->toasts.show(
        parents.empty()
            ? tr("%1 “%2” has no page here; it is chosen in the forms that need it.",
                 "kind of record, its name")
                  .arg(kind, title)
            : tr("%1 “%2” belongs to a record that is not on this PC. Ask who looks after it.",
                 "kind of record, its name")
                  .arg(kind, title),
        BadgeKind::Info);
}

void MainWindow::showKeys()
{
    QList<QAction *> all = m_actions;
    if (auto *shown = qobject_cast<Workspace *>(m_pages->currentWidget()))
        all = shown->pageActions() + all;
    auto *sheet = new KeySheet(all, this);
    sheet->open();
}

// Qt 6.4 leaves the accessible id empty, so tests find controls by their description.
void MainWindow::exposeIds(QWidget *widget)
{
    const QList<QWidget *> all = widget->findChildren<QWidget *>();
    for (QWidget *child : all) {
        if (!child->objectName().isEmpty() && !child->objectName().startsWith(u"qt_"))
            child->setAccessibleDescription(u"id="_s + child->objectName());
    }
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QMainWindow::changeEvent(event);
}

// Tab follows the page as it is read, whatever its controls were made in.
bool MainWindow::focusNextPrevChild(bool next)
{
    return focusNeighbourStop(*this, next);
}

// What nothing else took: Enter on a button presses it, as Space does.
void MainWindow::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    auto *button = qobject_cast<QAbstractButton *>(focusWidget());
    if (enter && (event->modifiers() & ~Qt::KeypadModifier) == 0 && button && button->isEnabled())
        return button->click();
    QMainWindow::keyPressEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_rail->followWindowWidth(width());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_workbench.settings().saveState(u"window"_s, saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace keydesk
