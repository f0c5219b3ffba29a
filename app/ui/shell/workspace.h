#pragma once

#include "base/label.h"
#include "domain/staff.h"
#include "query/record_lookup.h"
#include "ui/widgets/clock_ticker.h"
#include "ui/widgets/toast_host.h"
#include "workbench.h"

#include <QAction>
#include <QWidget>

namespace keydesk {

// What every page is given: the workbench and what the window shares between its pages. Pages ask
// the window for nothing else and know no other page.
struct Desk
{
    Workbench &workbench;
    RecordLookup &lookup;
    const ClockTicker &ticker;
    ToastHost &toasts;
    /// Shows a record on the page that is its home.
    std::function<void(const QString &entity, const QString &id)> openRecord;
    /// Goes to another page by id; with `filter`, to the records behind a number (Workspace's
    /// showFiltered()).
    std::function<void(const QString &page, const QString &filter)> goTo;
};

// One workspace of the window. Built on its first visit and kept while its person is signed in, so
// that going back is instant and keeps scroll, selection and filter.
class Workspace : public QWidget
{
    Q_OBJECT

public:
    explicit Workspace(Desk &desk, QWidget *parent = nullptr)
        : QWidget(parent)
        , m_desk(desk)
    {
    }

    /// The page became visible: put the focus where work begins.
    virtual void arrive() { }
    /// Shows this record here; false if this page is not its home.
    virtual bool showRecord(const QString &entity, const QString &id)
    {
        Q_UNUSED(entity)
        Q_UNUSED(id)
        return false;
    }
    /// Shows only these records: what a number on another page counted.
    virtual void showFiltered(const QString &filter) { Q_UNUSED(filter) }
    /// What the command palette offers while this page is shown.
    virtual QList<QAction *> pageActions() const { return actions(); }

protected:
    Desk &desk() const { return m_desk; }
    Workbench &workbench() const { return m_desk.workbench; }

    /// An action of this page with its key; `text` is translated by the caller.
    QAction *addPageAction(const char *name, const QString &icon, const QKeySequence &key,
                           std::function<void()> does);
    /// Runs a command of type C and says in a toast what went wrong, if it did.
    template <class C>
    void run(const C &command, const std::function<void(const RunOutcome &)> &then = {})
    {
        runCall(callOf(command), then);
    }
    void runCall(const CommandCall &call, std::function<void(const RunOutcome &)> then = {});
    /// As run(), with a toast that offers to take the act back while it has not been sent, and by
    /// `compensation` afterwards.
    void runUndoable(const CommandCall &call, const QString &done, const CommandCall &compensation);

private:
    Desk &m_desk;
};

// One entry of the list of pages (ui/pages/pages.cpp).
struct PageEntry
{
    QString id;
    Label title;
    QString icon;
    bool atBottom = false;
    /// Whether this person has work here: a page that is not for him is absent from the rail.
    bool (*isFor)(const Staff &person);
    Workspace *(*make)(Desk &desk, QWidget *parent);
    /// The entities whose records it shows (Workspace::showRecord()).
    QStringList homeOf = {};
};

/// The pages in the order of the rail.
const std::vector<PageEntry> &pageList();

} // namespace keydesk
