#include "ui/widgets/toast_host.h"

#include "ui/widgets/live_region.h"
#include "ui/widgets/toast.h"

#include <QEvent>
#include <QKeySequence>
#include <QWidget>

namespace keydesk {

namespace {

constexpr int toastMargin = 16;
constexpr int toastGap = 8;
constexpr int widestToast = 560;

} // namespace

ToastHost::ToastHost(QWidget *area)
    : QObject(area)
    , m_area(area)
    , m_live(new LiveRegion(area))
{
    area->installEventFilter(this);
}

void ToastHost::show(const QString &text, BadgeKind kind)
{
    add(new Toast(text, kind, {}, {}, m_area), {});
}

void ToastHost::showUndo(const QString &text, std::function<void()> undo)
{
    const QString key = QKeySequence(QKeySequence::Undo).toString(QKeySequence::NativeText);
    add(new Toast(text, BadgeKind::Ok, tr("Undo"), key, m_area), std::move(undo));
}

void ToastHost::add(Toast *toast, std::function<void()> undo)
{
    const bool could = canUndo();
    connect(toast, &Toast::closed, this, [this, toast] { remove(toast); });
    connect(toast, &Toast::actionTriggered, this, [this, toast] { this->undo(toast); });
    m_entries.append({toast, std::move(undo)});
    while (m_entries.size() > atMost)
        remove(m_entries.first().toast);
    arrange();
    toast->show();
    m_live->announce(toast->text());
    if (could != canUndo())
        Q_EMIT canUndoChanged(canUndo());
}

void ToastHost::remove(Toast *toast)
{
    const bool could = canUndo();
    m_entries.removeIf([toast](const Entry &entry) { return entry.toast == toast; });
    toast->hide();
    toast->deleteLater();
    arrange();
    if (could != canUndo())
        Q_EMIT canUndoChanged(canUndo());
}

bool ToastHost::canUndo() const
{
    return std::any_of(m_entries.cbegin(), m_entries.cend(),
                       [](const Entry &entry) { return bool(entry.undo); });
}

void ToastHost::undo(Toast *toast)
{
    std::function<void()> act;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (entry.toast == toast)
            act = entry.undo;
    }
    remove(toast); // first, so that the act may show a message of its own
    if (act)
        act();
}

bool ToastHost::undoLast()
{
    for (auto entry = m_entries.crbegin(); entry != m_entries.crend(); ++entry) {
        if (entry->undo) {
            undo(entry->toast);
            return true;
        }
    }
    return false;
}

void ToastHost::arrange()
{
    int bottom = m_area->height() - toastMargin;
    for (auto entry = m_entries.rbegin(); entry != m_entries.rend(); ++entry) {
        Toast *toast = entry->toast;
        const int room = std::max(120, m_area->width() - 2 * toastMargin);
        const QSize size(std::min({toast->sizeHint().width(), widestToast, room}),
                         toast->sizeHint().height());
        toast->setGeometry(toastMargin, bottom - size.height(), size.width(), size.height());
        toast->raise();
        bottom -= size.height() + toastGap;
    }
}

bool ToastHost::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        arrange();
    return QObject::eventFilter(watched, event);
}

} // namespace keydesk
