#include "ui/shell/main_window.h"

#include "ui/shell/command_words.h"
#include "ui/shell/density_key.h"
#include "ui/shell/idle_watch.h"
#include "ui/shell/status_line.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/nav_rail.h"
#include "ui/widgets/record_table.h"

#include <algorithm>

// What the window itself offers by key, in the palette and in the person's menu.
namespace keydesk {

using namespace Qt::StringLiterals;

QAction *MainWindow::addCommand(const char *name, const QString &iconName, const QKeySequence &key,
                                std::function<void()> does)
{
    auto *action = new QAction(this);
    action->setObjectName(QString::fromLatin1(name));
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    action->setShortcut(key);
    // Behind the sign-in page and the lock lies somebody's desk.
    const bool outside = action->objectName() == u"window.language"
        || action->objectName() == u"window.keys" || action->objectName() == u"window.help";
    connect(action, &QAction::triggered, this, [this, outside, does = std::move(does)] {
        if (m_views->currentWidget() != m_frame && !outside)
            return;
        m_palette->close(); // a key acts on what is seen, not beneath the palette
        does();
    });
    addAction(action);
    m_actions.append(action);
    return action;
}

void MainWindow::buildActions()
{
    for (int i = 0; i < 10; ++i) {
        addCommand("window.page", {}, QKeySequence(u"Alt+%1"_s.arg((i + 1) % 10)), [this, i] {
            if (i < m_rail->ids().size())
                goTo(m_rail->ids().at(i));
        });
    }
    m_rail->setCommand(addCommand("window.palette", u"search"_s, QKeySequence(u"Ctrl+K"_s),
                                  [this] { m_palette->open(); }));
    addCommand("window.undo", u"undo-2"_s, QKeySequence::Undo,
               [this] { m_desk->toasts.undoLast(); });
    addCommand("window.openNotice", u"bell"_s, ToastHost::openKey(),
               [this] { m_desk->toasts.openLast(); });
    addCommand("window.sync", u"refresh-cw"_s, QKeySequence(Qt::Key_F5),
               [this] { m_workbench.syncNow(); });
    addCommand("window.rail", u"panel-left"_s, QKeySequence(u"Ctrl+B"_s),
               [this] { m_rail->toggleCollapsed(); });
    addCommand("window.back", u"arrow-left"_s, QKeySequence(u"Alt+Left"_s), [this] { goBack(-1); });
    addCommand("window.forward", u"arrow-right"_s, QKeySequence(u"Alt+Right"_s),
               [this] { goBack(1); });
    QAction *theme = addCommand("window.theme", u"moon"_s, {}, [this] { switchTheme(); });
    QAction *language = addCommand("window.language", u"languages"_s, QKeySequence(u"Alt+L"_s),
                                   [this] { switchLanguage(); });
    QAction *keys = addCommand("window.keys", u"keyboard"_s, QKeySequence(u"Ctrl+/"_s),
                               [this] { showKeys(); });
    addCommand("window.help", u"circle-help"_s, QKeySequence::HelpContents, [this] { showKeys(); });
    QAction *signOut = addCommand("window.signOut", u"log-out"_s, {}, [this] { askToLeave(); });
    QAction *density = addCommand("window.density", u"list"_s, {}, [this] { switchDensity(); });
    QAction *textSize = addCommand("window.textSize", u"monitor"_s, {},
                                   [this] { switchTextSize(); });
    QAction *sound = addCommand("window.sound", u"bell"_s, {}, [this] {
        const bool on = !m_workbench.settings().value(setting::breachSound);
        m_workbench.settings().set(setting::breachSound, on);
        m_desk->toasts.show(on ? tr("Sound when a clock runs out: on")
                               : tr("Sound when a clock runs out: off"));
    });
    QAction *lockTime = addCommand("window.lockTime", u"timer"_s, {}, [this] { switchLockTime(); });
    m_status->setPersonActions(
        {theme, density, textSize, sound, language, keys, lockTime, lockAction(), signOut});
    addCommand("window.nextPane", {}, QKeySequence(Qt::Key_F6), [this] { movePane(1); });
    addCommand("window.previousPane", {}, QKeySequence(u"Shift+F6"_s), [this] { movePane(-1); });
    const auto onList = [this](RecordTable::MenuPart part) {
        if (RecordTable *list = shownList())
            list->openMenu(part);
    };
    addCommand("window.rowMenu", u"ellipsis"_s, {},
               [onList] { onList(RecordTable::MenuPart::All); });
    addCommand("window.sortList", u"list-filter"_s, {},
               [onList] { onList(RecordTable::MenuPart::Sort); });
    addCommand("window.chooseColumns", u"columns-3"_s, {},
               [onList] { onList(RecordTable::MenuPart::Columns); });
    addCommand("window.newOpportunity", u"plus"_s, QKeySequence(u"Ctrl+Shift+N"_s),
               [this] { goTo(u"hotline"_s); });
}

QAction *MainWindow::lockAction()
{
    return addCommand("window.lock", u"lock"_s, QKeySequence(u"Ctrl+L"_s), [this] { lock(); });
}

void MainWindow::retranslate()
{
    setWindowTitle(tr("Keydesk – key-account workbench"));
    const std::map<QString, QString> words = {
        {u"window.palette"_s, tr("Search", "the command palette")},
        {u"window.undo"_s, tr("Undo")},
        {u"window.openNotice"_s, tr("Open what was just told")},
        {u"window.sync"_s, tr("Sync now")},
        {u"window.rail"_s, tr("Narrow or widen the navigation")},
        {u"window.back"_s, tr("Back")},
        {u"window.forward"_s, tr("Forward")},
        {u"window.theme"_s, tr("Switch between light and dark")},
        {u"window.language"_s, tr("Switch language: 中文 / English")},
        {u"window.keys"_s, tr("Keys")},
        {u"window.help"_s, tr("Help")},
        {u"window.signOut"_s, tr("Sign out")},
        {u"window.nextPane"_s, tr("Next part of the page")},
        {u"window.previousPane"_s, tr("Previous part of the page")},
        {u"window.rowMenu"_s, tr("Menu of the chosen row (Shift+F10)")},
        {u"window.sortList"_s, tr("Sort the list by …")},
        {u"window.chooseColumns"_s, tr("Choose the columns of the list")},
        {u"window.newOpportunity"_s, tr("New opportunity")},
        {u"window.lock"_s, tr("Lock")},
        {u"window.density"_s, tr("Row height: compact, standard, comfortable")},
        {u"window.textSize"_s, tr("Text size: 100, 115, 130, 150 %")},
        {u"window.sound"_s, tr("Sound when a clock runs out: on or off")},
        {u"window.lockTime"_s, tr("Lock by itself after 5, 10, 30 minutes or never")},
    };
    for (QAction *action : std::as_const(m_actions)) {
        if (const auto word = words.find(action->objectName()); word != words.end())
            action->setText(word->second);
        action->setWhatsThis(searchWords(action->objectName()));
    }
    fillRail();
}

void MainWindow::switchTheme()
{
    Theme theme = Theme::current();
    theme.mode = theme.mode == ThemeMode::Dark ? ThemeMode::Light : ThemeMode::Dark;
    KeydeskStyle::install(theme);
    m_workbench.settings().set(setting::theme,
                               theme.mode == ThemeMode::Dark ? u"dark"_s : u"light"_s);
}

void MainWindow::switchDensity()
{
    Theme theme = Theme::current();
    theme.density = theme.density == Density::Compact ? Density::Standard
        : theme.density == Density::Standard          ? Density::Comfortable
                                                      : Density::Compact;
    KeydeskStyle::install(theme);
    m_workbench.settings().set(setting::density, densityKey(theme.density));
}

void MainWindow::switchTextSize()
{
    Theme theme = Theme::current();
    const auto *next = std::upper_bound(std::begin(Theme::textPercents),
                                        std::end(Theme::textPercents), theme.textPercent);
    theme.textPercent = next == std::end(Theme::textPercents) ? Theme::textPercents[0] : *next;
    KeydeskStyle::install(theme);
    m_workbench.settings().set(setting::textScale, theme.textPercent);
}

void MainWindow::switchLockTime()
{
    const int now = m_workbench.settings().value(setting::lockAfterMinutes);
    const int minutes = now == 5 ? 10 : now == 10 ? 30 : now == 30 ? 0 : 5;
    m_workbench.settings().set(setting::lockAfterMinutes, minutes);
    m_idle->setMinutes(minutes);
    m_desk->toasts.show(
        minutes == 0 ? tr("The screen never locks by itself")
                     : tr("The screen locks after %n minute(s) without a key", nullptr, minutes));
}

void MainWindow::switchLanguage()
{
    const bool toEnglish = m_language.current() == QLocale::Chinese;
    m_language.install(toEnglish ? QLocale::English : QLocale::Chinese);
    m_workbench.settings().set(setting::language, toEnglish ? u"en"_s : u"zh_CN"_s);
}

} // namespace keydesk
