#include "ui/widgets/toast.h"

#include "ui/widgets/badges.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace keydesk {

Toast::Toast(const QString &text, BadgeKind kind, const QString &actionText, const QString &keyText,
             QWidget *parent)
    : QFrame(parent)
    , m_kind(kind)
    , m_sign(new QLabel)
    , m_text(new TextLabel(text, TextRole::Body, Token::Text))
    , m_action(new QPushButton)
    , m_cross(new QToolButton)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 8, 8);
    row->setSpacing(10);
    row->addWidget(m_sign);
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    row->addWidget(m_cross);

    m_text->setWordWrap(true); // what is told is told whole
    m_action->setText(keyText.isEmpty() ? actionText
                                        : tr("%1 (%2)", "action and key").arg(actionText, keyText));
    m_action->setVisible(!actionText.isEmpty());
    m_action->setFocusPolicy(Qt::TabFocus);
    m_action->setObjectName(u"toastAction"_s);
    m_action->installEventFilter(this);
    m_cross->setIcon(icon(u"x"_s));
    m_cross->setAutoRaise(true);
    m_cross->setFocusPolicy(Qt::TabFocus);
    m_cross->installEventFilter(this);
    m_cross->setAccessibleName(tr("Close message"));
    m_cross->setToolTip(m_cross->accessibleName());

    m_timer.setSingleShot(true);
    m_timer.setInterval(lifetimeMs);
    connect(&m_timer, &QTimer::timeout, this, &Toast::close);
    connect(m_cross, &QToolButton::clicked, this, &Toast::close);
    connect(m_action, &QPushButton::clicked, this, &Toast::actionTriggered);
    applyTheme();
    m_timer.start();
}

QString Toast::text() const
{
    return m_text->text();
}

void Toast::close()
{
    Q_EMIT closed();
}

void Toast::applyTheme()
{
    const Theme &theme = Theme::of(this);
    m_sign->setPixmap(badgeSign(theme, m_kind, theme.scaled(16), devicePixelRatioF()));
}

void Toast::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(this);
    paintPanel(painter, rect(), Theme::cardRadius, theme.color(Token::Surface),
               theme.color(Token::BorderControl));
    paintPanel(painter, QRectF(1, 6, 4, height() - 12), 2, theme.color(badgeForeground(m_kind)));
}

void Toast::enterEvent(QEnterEvent *)
{
    m_timer.stop();
}

void Toast::leaveEvent(QEvent *)
{
    m_timer.start();
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn)
        m_timer.stop();
    else if (event->type() == QEvent::FocusOut)
        m_timer.start();
    return QFrame::eventFilter(watched, event);
}

void Toast::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace keydesk
