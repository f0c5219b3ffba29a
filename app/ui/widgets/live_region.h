#pragma once

#include <QWidget>

namespace keydesk {

// Speaks to screen readers: what is announced here is read out without moving the focus. Qt 6.4
// does not forward QAccessible::Alert, so this is a widget nobody sees or touches, whose role is
// Notification and which "appears" anew with each sentence.
class LiveRegion final : public QWidget
{
    Q_OBJECT

public:
    /// Create after QApplication: the accessibility factory is installed then.
    explicit LiveRegion(QWidget *parent);

    void announce(const QString &sentence);
    QString lastSentence() const { return accessibleName(); }
};

} // namespace keydesk
