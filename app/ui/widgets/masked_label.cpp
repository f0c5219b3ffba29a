#include "ui/widgets/masked_label.h"

#include "ui/widgets/icon_engine.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QEvent>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace keydesk {

MaskedLabel::MaskedLabel(QWidget *parent)
    : QWidget(parent)
    , m_text(new TextLabel)
    , m_button(new QToolButton)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_text);
    row->addWidget(m_button);
    row->addStretch();
    m_button->setAutoRaise(true);
    setFocusProxy(m_button);
    m_timer.setSingleShot(true);
    m_timer.setInterval(shownForMs);
    connect(&m_timer, &QTimer::timeout, this, &MaskedLabel::conceal);
    connect(m_button, &QToolButton::clicked, this, [this] {
        if (isRevealed())
            conceal();
        else
            reveal();
    });
    refresh();
}

void MaskedLabel::setMasked(const QString &masked, const QString &what, Reveal reveal)
{
    m_masked = masked;
    m_what = what;
    m_reveal = std::move(reveal);
    m_refused = !m_reveal;
    conceal();
}

QString MaskedLabel::text() const
{
    return m_text->text();
}

void MaskedLabel::reveal()
{
    const std::optional<QString> whole = m_reveal ? m_reveal() : std::nullopt;
    m_refused = !whole;
    if (whole) {
        m_text->setText(*whole);
        m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_timer.start();
    }
    refresh();
}

void MaskedLabel::conceal()
{
    m_timer.stop();
    m_text->setText(m_masked);
    m_text->setTextInteractionFlags(Qt::NoTextInteraction);
    refresh();
}

void MaskedLabel::refresh()
{
    m_button->setIcon(icon(m_refused ? u"lock"_s : isRevealed() ? u"eye-off"_s : u"eye"_s));
    m_button->setEnabled(!m_refused);
    const QString words = m_refused ? tr("You may not see the %1").arg(m_what)
        : isRevealed()              ? tr("Hide the %1").arg(m_what)
                                    : tr("Show the %1 (this is logged)").arg(m_what);
    m_button->setAccessibleName(words);
    m_button->setToolTip(words);
}

void MaskedLabel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        refresh();
}

} // namespace keydesk
