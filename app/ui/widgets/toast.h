#pragma once

#include "models/roles.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;
class QToolButton;

namespace keydesk {

class TextLabel;

// One message at the foot of the window. It appears without taking the focus and leaves by itself;
// while the mouse or the focus is on it, it stays.
class Toast final : public QFrame
{
    Q_OBJECT

public:
    static constexpr int lifetimeMs = 10'000;

    /// `actionText` is the word of the only action ("Undo"); empty shows none.
    Toast(const QString &text, BadgeKind kind, const QString &actionText, const QString &keyText,
          QWidget *parent);

    QString text() const;
    BadgeKind kind() const { return m_kind; }

Q_SIGNALS:
    void actionTriggered();
    /// Time is over or the cross was pressed; the action can no longer be asked for here.
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();
    void close();

    BadgeKind m_kind;
    QLabel *m_sign;
    TextLabel *m_text;
    QPushButton *m_action;
    QToolButton *m_cross;
    QTimer m_timer;
};

} // namespace keydesk
