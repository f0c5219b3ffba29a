#include "ui/shell/workspace.h"

#include "ui/widgets/icon_engine.h"

#include <QPointer>

namespace keydesk {

QAction *Workspace::addPageAction(const char *name, const QString &iconName,
                                  const QKeySequence &key, std::function<void()> does)
{
    auto *action = new QAction(this);
    action->setObjectName(QString::fromLatin1(name));
    action->setIcon(icon(iconName));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setAutoRepeat(false); // a key that is held sends its command once
    connect(action, &QAction::triggered, this, std::move(does));
    addAction(action);
    return action;
}

void Workspace::runCall(const CommandCall &call, std::function<void(const RunOutcome &)> then)
{
    workbench().run(call,
                    [this, alive = QPointer(this),
                     then = std::move(then)](const Result<RunOutcome> &outcome) {
                        if (!alive)
                            return;
                        if (!outcome)
                            desk().toasts.show(outcome.error().text(), BadgeKind::Danger);
                        else if (then)
                            then(*outcome);
                    });
}

void Workspace::runUndoable(const CommandCall &call, const QString &done,
                            const CommandCall &compensation)
{
    runCall(call, [this, done, compensation](const RunOutcome &outcome) {
        desk().toasts.showUndo(done,
                               [this, alive = QPointer(this), compensation,
                                localNo = outcome.localNo] {
                                   if (!alive)
                                       return;
                                   workbench().withdraw(localNo,
                                                        [this, alive,
                                                         compensation](const Result<> &withdrawn) {
                                                            // Sent already: the way back is an act
                                                            // of its own, and both stay in the
                                                            // audit trail.
                                                            if (alive && !withdrawn)
                                                                runCall(compensation);
                                                        });
                               });
    });
}

} // namespace keydesk
