#pragma once

#include "models/roles.h"

#include <QKeySequence>
#include <QObject>
#include <QPointer>

#include <functional>

class QWidget;

namespace keydesk {

class LiveRegion;
class Toast;

// Shows messages at the foot of one area, the newest at the bottom, at most two and one of a kind,
// and speaks each to screen readers. It keeps the way back of what was just done until its message
// leaves.
class ToastHost final : public QObject
{
    Q_OBJECT

public:
    static constexpr int atMost = 2;

    /// `area` is what the toasts lie over; it owns the host.
    explicit ToastHost(QWidget *area);

    void show(const QString &text, BadgeKind kind = BadgeKind::Info);
    /// A message with Undo. `undo` runs at most once, by its button or by undoLast().
    void showUndo(const QString &text, std::function<void()> undo);
    /// Ctrl+Z: takes the newest undoable act back; false when there is none.
    bool undoLast();
    bool canUndo() const;
    /// A message with an act of its own, "Open", run at most once by its button or by openLast().
    void showOpen(const QString &text, BadgeKind kind, std::function<void()> open);
    /// The key of openLast(), as shown on the message.
    static QKeySequence openKey();
    /// Opens what the newest message that can be opened is about; false when there is none.
    bool openLast();
    /// Takes all messages away, and with them the ways back.
    void clear();
    LiveRegion &liveRegion() { return *m_live; }

Q_SIGNALS:
    void canUndoChanged(bool can);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Entry
    {
        Toast *toast;
        std::function<void()> undo;
        std::function<void()> open;
    };

    void add(Toast *toast, std::function<void()> undo, std::function<void()> open = {});
    void remove(Toast *toast);
    void act(Toast *toast);
    void arrange();
    void dropLike(const Toast *toast);

    QWidget *m_area;
    LiveRegion *m_live;
    QList<Entry> m_entries;
};

} // namespace keydesk
