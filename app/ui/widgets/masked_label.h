#pragma once

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>

class QToolButton;

namespace keydesk {

class TextLabel;

// A number or name shown in part ("138****1234"). Showing the rest is the owner's act: it decides,
// it logs, and the widget forgets the text again after a while.
class MaskedLabel final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int shownForMs = 30'000;

    /// Gives the whole text, or nothing when this user may not see it. Called on each reveal.
    using Reveal = std::function<std::optional<QString>()>;

    explicit MaskedLabel(QWidget *parent = nullptr);

    /// `what` names the value for the button's words: "phone of Li". Without `reveal` only a lock
    /// shows.
    void setMasked(const QString &masked, const QString &what, Reveal reveal);
    QString text() const;
    bool isRevealed() const { return m_timer.isActive(); }

public Q_SLOTS:
    void reveal();
    void conceal();

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();

    TextLabel *m_text;
    QToolButton *m_button;
    QString m_masked;
    QString m_what;
    Reveal m_reveal;
    QTimer m_timer;
    bool m_refused = false;
};

} // namespace keydesk
