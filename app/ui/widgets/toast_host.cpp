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

void ToastHost::showOpen(const QString &text, BadgeKind kind, std::function<void()> open)
{
    add(new Toast(text, kind, tr("Open"), openKey().toString(QKeySequence::NativeText), m_area), {},
        std::move(open));
}

QKeySequence ToastHost::openKey()
{
    return QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O);
}

bool ToastHost::openLast()
{
    for (auto entry = m_entries.crbegin(); entry != m_entries.crend(); ++entry) {
        if (entry->open) {
            act(entry->toast);
            return true;
        }
    }
    return false;
}

void ToastHost::add(Toast *toast, std::function<void()> undo, std::function<void()> open)
{
    const bool could = canUndo();
    connect(toast, &Toast::closed, this, [this, toast] { remove(toast); });
    connect(toast, &Toast::actionTriggered, this, [this, toast] { act(toast); });
    dropLike(toast);
    m_entries.append({toast, std::move(undo), std::move(open)});
    arrange();
    m_live->announce(toast->text());
    if (could != canUndo())
        Q_EMIT canUndoChanged(canUndo());
}

// The newest of a kind says it for all. One that can still be undone only steps out of sight:
// Ctrl+Z goes back through them.
void ToastHost::dropLike(const Toast *toast)
{
    const QList<Entry> entries = m_entries;
    for (const Entry &entry : entries) {
        if (entry.toast->kind() == toast->kind() && !entry.undo && !entry.open)
            remove(entry.toast);
    }
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

void ToastHost::clear()
{
    const QList<Entry> entries = m_entries;
    for (const Entry &entry : entries)
        remove(entry.toast);
}

bool ToastHost::canUndo() const
{
    return std::any_of(m_entries.cbegin(), m_entries.cend(),
                       [](const Entry &entry) { return bool(entry.undo); });
}

void ToastHost::act(Toast *toast)
{
    std::function<void()> does;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (entry.toast == toast)
            does = entry.undo ? entry.undo : entry.open;
    }
    remove(toast); // first, so that the act may show a message of its own
    if (does)
        does();
}

bool ToastHost::undoLast()
{
    for (auto entry = m_entries.crbegin(); entry != m_entries.crend(); ++entry) {
        if (entry->undo) {
            act(entry->toast);
            return true;
        }
    }
    return false;
}

void ToastHost::arrange()
{
    int bottom = m_area->height() - toastMargin;
    QList<BadgeKind> shown;
    for (auto entry = m_entries.rbegin(); entry != m_entries.rend(); ++entry) {
        Toast *toast = entry->toast;
        const bool seen = shown.size() < atMost && !shown.contains(toast->kind());
        toast->setVisible(seen);
        if (!seen)
            continue;
        shown.append(toast->kind());
        const int room = std::max(120, m_area->width() - 2 * toastMargin);
        const int width = std::min({toast->sizeHint().width(), widestToast, room});
        const int height = toast->hasHeightForWidth() ? toast->heightForWidth(width)
                                                      : toast->sizeHint().height();
        const QSize size(width, height);
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
