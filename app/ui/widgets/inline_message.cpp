#include "ui/widgets/inline_message.h"

#include "ui/widgets/badges.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text_label.h"

#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace keydesk {

InlineMessage::InlineMessage(QWidget *parent)
    : QFrame(parent)
    , m_sign(new QLabel)
    , m_text(new TextLabel(TextRole::Body, Token::InfoFg))
    , m_detail(new TextLabel(TextRole::Body, Token::InfoFg))
    , m_buttons(new QHBoxLayout)
    , m_cross(new QToolButton)
{
    m_text->setBold(true);
    for (QLabel *label : {static_cast<QLabel *>(m_text), static_cast<QLabel *>(m_detail)})
        label->setWordWrap(true);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_text);
    words->addWidget(m_detail);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(10);
    m_sign->setContentsMargins(0, 2, 0, 0);
    row->addWidget(m_sign, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    row->addLayout(m_buttons);
    row->addWidget(m_cross, 0, Qt::AlignTop);
    m_cross->setIcon(icon(u"x"_s));
    m_cross->setAutoRaise(true);
    m_cross->hide();
    connect(m_cross, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    hide();
}

void InlineMessage::showMessage(BadgeKind kind, const QString &text, const QString &detail)
{
    m_kind = kind;
    m_text->setText(text);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleName(detail.isEmpty() ? text : text + u' ' + detail);
    applyTheme();
    show();
}

void InlineMessage::setClosable(bool closable)
{
    m_cross->setVisible(closable);
    m_cross->setAccessibleName(tr("Close message"));
    m_cross->setToolTip(m_cross->accessibleName());
}

void InlineMessage::addButton(QAction *action)
{
    auto *button = new QPushButton(action->text());
    m_buttons->addWidget(button, 0, Qt::AlignVCenter);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button, [button, action] {
        button->setText(action->text());
        button->setEnabled(action->isEnabled());
        button->setVisible(action->isVisible());
    });
}

void InlineMessage::applyTheme()
{
    const Theme &theme = Theme::of(this);
    const Token ink = badgeForeground(m_kind);
    m_text->setToken(ink);
    m_detail->setToken(ink);
    m_sign->setPixmap(badgeSign(theme, m_kind, theme.scaled(16), devicePixelRatioF()));
    update();
}

void InlineMessage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(this);
    paintPanel(painter, rect(), Theme::cardRadius, theme.color(badgeBackground(m_kind)));
}

void InlineMessage::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
    else if (event->type() == QEvent::LanguageChange)
        setClosable(m_cross->isVisibleTo(this));
}

} // namespace keydesk
