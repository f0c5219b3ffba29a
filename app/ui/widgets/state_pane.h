#pragma once

#include <QString>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace keydesk {

class TextLabel;

// What a list or page shows in place of its content, as ux.md section 3 fixes it: what is true,
// why, and one next step.
struct PaneState
{
    enum Kind { EmptyFirstUse, EmptyByFilter, Loading, Offline, Stale, Error, NoPermission };

    Kind kind = EmptyFirstUse;
    QString title; ///< one short sentence
    QString text; ///< why, and what is safe
    QString code; ///< Error only: what support asks for; goes into "Copy details"
    QString actionText; ///< the next step; empty takes the kind's usual one, if it has one
    qint64 done = -1; ///< Loading only
    qint64 total = -1; ///< Loading only; unknown below 1

    bool operator==(const PaneState &) const = default;
};

// Shows a PaneState in the middle of its area. It offers; what happens then is the owner's
// business.
class StatePane final : public QWidget
{
    Q_OBJECT

public:
    explicit StatePane(QWidget *parent = nullptr);

    void setState(const PaneState &state);
    const PaneState &state() const { return m_state; }
    /// What "Copy details" puts on the clipboard.
    QString details() const;

Q_SIGNALS:
    /// The next step was asked for: create, clear the filter, cancel, retry, connect.
    void actionTriggered(keydesk::PaneState::Kind kind);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void showState();
    void showProgress();
    void applyTheme();
    QString titleText() const;
    QString actionText() const;
    QString iconName() const;
    void copyDetails() const;

    PaneState m_state;
    QLabel *m_icon;
    TextLabel *m_title;
    TextLabel *m_text;
    QProgressBar *m_progress;
    QPushButton *m_action;
    QPushButton *m_copy;
};

} // namespace keydesk
