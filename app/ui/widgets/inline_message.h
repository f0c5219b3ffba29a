#pragma once

#include "models/roles.h"

#include <QFrame>

class QAction;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace keydesk {

class TextLabel;

// A strip inside the page that says what is true and offers what to do about it: stale data, an
// offline copy, an error that kept the typed text. Never modal.
class InlineMessage final : public QFrame
{
    Q_OBJECT

public:
    explicit InlineMessage(QWidget *parent = nullptr);

    /// Shows the strip. `detail` is a second, quieter sentence.
    void showMessage(BadgeKind kind, const QString &text, const QString &detail = {});
    void setClosable(bool closable);
    /// A button at the right end that follows the action's text.
    void addButton(QAction *action);

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();

    BadgeKind m_kind = BadgeKind::Info;
    QLabel *m_sign;
    TextLabel *m_text;
    TextLabel *m_detail;
    QHBoxLayout *m_buttons;
    QToolButton *m_cross;
};

} // namespace keydesk
