#include "ui/pages/task_question.h"

#include "commands/task_commands.h"
#include "domain/task.h"
#include "ui/pages/ask_dialog.h"
#include "ui/widgets/date_text.h"

#include <QCoreApplication>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("TaskQuestion", text);
}

Instant morningOf(const QDate &date)
{
    return {QDateTime(date, QTime(9, 0), Qt::OffsetFromUTC, 8 * 3600).toMSecsSinceEpoch()};
}

void createTask(Desk &desk, const CommandCall &call, const QString &done)
{
    desk.workbench.run(call, [&desk, done](const Result<RunOutcome> &outcome) {
        if (outcome)
            desk.toasts.show(done, BadgeKind::Ok);
        else
            desk.toasts.show(outcome.error().text(), BadgeKind::Danger);
    });
}

} // namespace

void askForTask(QWidget *parent, Desk &desk, const QString &entity, const RecordId &subject)
{
    auto *ask = new AskDialog(words(QT_TRANSLATE_NOOP("TaskQuestion", "New task")),
                              words(QT_TRANSLATE_NOOP("TaskQuestion", "What is to be done?")),
                              parent);
    ask->setSecondQuestion(words(
        QT_TRANSLATE_NOOP("TaskQuestion", "By when: 2026-01-31, +3, next tue; empty: tomorrow")));
    QObject::connect(ask, &AskDialog::answered, ask,
                     [ask, &desk, entity, subject](const QString &text) {
                         const QDate today = businessDate({desk.ticker.nowMs()});
                         const auto named = dateFromText(ask->secondAnswer(), today);
                         const QDate due = named.value_or(today.addDays(1));
                         CreateTask command;
                         command.values = {{u"title"_s, text.section(u'\n', 0, 0)},
                                           {u"details"_s, text.section(u'\n', 1)},
                                           {u"subject_entity"_s, entity},
                                           {u"subject_id"_s, subject.text()},
                                           {u"due_at"_s, Cell(morningOf(due).ms)}};
                         // The day is named, so that a date that was not understood is seen at
                         // once.
                         createTask(desk, callOf(command),
                                    words(QT_TRANSLATE_NOOP("TaskQuestion", "Task for %1"))
                                        .arg(due.toString(Qt::ISODate)));
                     });
    ask->open();
}

} // namespace keydesk
