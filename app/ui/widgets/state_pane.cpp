#include "ui/widgets/state_pane.h"

#include "ui/widgets/icon_engine.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace keydesk {

StatePane::StatePane(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_title(new TextLabel(TextRole::Section, Token::Text))
    , m_text(new TextLabel(TextRole::Body, Token::Text2))
    , m_progress(new QProgressBar)
    , m_action(new QPushButton)
    , m_copy(new QPushButton)
{
    for (QLabel *label : {static_cast<QLabel *>(m_title), static_cast<QLabel *>(m_text)}) {
        label->setAlignment(Qt::AlignHCenter);
        label->setWordWrap(true);
        label->setMaximumWidth(520);
    }
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(280, 6);
    m_action->setObjectName(u"stateAction"_s);
    m_copy->setObjectName(u"stateCopy"_s);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_action);
    buttons->addWidget(m_copy);
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setSpacing(8);
    column->addStretch(2);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addSpacing(4);
    // Stretched between two springs instead of aligned: an aligned label would not wrap.
    for (QWidget *label : {static_cast<QWidget *>(m_title), static_cast<QWidget *>(m_text)}) {
        auto *line = new QHBoxLayout;
        line->addStretch(1);
        line->addWidget(label, 1000);
        line->addStretch(1);
        column->addLayout(line);
    }
    column->addWidget(m_progress, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    column->addLayout(buttons);
    column->addStretch(3);

    connect(m_action, &QPushButton::clicked, this,
            [this] { Q_EMIT actionTriggered(m_state.kind); });
    connect(m_copy, &QPushButton::clicked, this, &StatePane::copyDetails);
    showState();
}

void StatePane::setState(const PaneState &state)
{
    if (m_state == state)
        return;
    m_state = state;
    showState();
}

QString StatePane::titleText() const
{
    if (!m_state.title.isEmpty())
        return m_state.title;
    switch (m_state.kind) {
    case PaneState::EmptyFirstUse:
        return tr("Nothing here yet");
    case PaneState::EmptyByFilter:
        return tr("Nothing matches the filter");
    case PaneState::Loading:
        return tr("Reading …");
    case PaneState::Offline:
        return tr("Only available online");
    case PaneState::Stale:
        return tr("This data is old");
    case PaneState::Error:
        return tr("That did not work");
    case PaneState::NoPermission:
        return tr("You may not see this");
    }
    return {};
}

QString StatePane::actionText() const
{
    if (!m_state.actionText.isEmpty())
        return m_state.actionText;
    switch (m_state.kind) {
    case PaneState::EmptyByFilter:
        return tr("Clear filter");
    case PaneState::Loading:
        return tr("Cancel");
    case PaneState::Offline:
    case PaneState::Error:
        return tr("Retry");
    case PaneState::Stale:
        return tr("Sync now");
    case PaneState::EmptyFirstUse:
    case PaneState::NoPermission:
        break;
    }
    return {};
}

QString StatePane::iconName() const
{
    switch (m_state.kind) {
    case PaneState::EmptyFirstUse:
        return u"inbox"_s;
    case PaneState::EmptyByFilter:
        return u"funnel-x"_s;
    case PaneState::Loading:
        return u"hourglass"_s;
    case PaneState::Offline:
        return u"cloud-off"_s;
    case PaneState::Stale:
        return u"history"_s;
    case PaneState::Error:
        return u"circle-alert"_s;
    case PaneState::NoPermission:
        return u"lock"_s;
    }
    return {};
}

void StatePane::showState()
{
    m_title->setText(titleText());
    m_action->setText(actionText());
    m_action->setVisible(!actionText().isEmpty());
    KeydeskStyle::setProminence(m_action,
                                m_state.kind == PaneState::EmptyFirstUse ? Prominence::Primary
                                                                         : Prominence::Normal);
    m_copy->setText(tr("Copy details"));
    m_copy->setVisible(m_state.kind == PaneState::Error);
    showProgress();
    setAccessibleName(m_text->text().isEmpty() ? m_title->text()
                                               : m_title->text() + u' ' + m_text->text());
    applyTheme();
}

void StatePane::showProgress()
{
    const bool loading = m_state.kind == PaneState::Loading;
    m_progress->setVisible(loading);
    QStringList lines;
    if (!m_state.text.isEmpty())
        lines += m_state.text;
    if (m_state.kind == PaneState::Error && !m_state.code.isEmpty())
        lines += tr("Code %1").arg(m_state.code);
    if (loading && m_state.done >= 0) {
        const QLocale locale;
        const QString done = locale.toString(m_state.done);
        lines += m_state.total > 0 ? tr("%1 of %2").arg(done, locale.toString(m_state.total))
                                   : done;
    }
    m_text->setText(lines.join(u'\n'));
    m_text->setVisible(!lines.isEmpty());
    // Per mille: a count of rows may not fit an int.
    m_progress->setRange(0, m_state.total > 0 ? 1000 : 0);
    m_progress->setValue(m_state.total > 0 ? int(m_state.done * 1000 / m_state.total) : 0);
    m_progress->setAccessibleName(m_title->text());
}

void StatePane::applyTheme()
{
    const Theme &theme = Theme::of(this);
    const Token ink = m_state.kind == PaneState::Error ? Token::DangerFg
        : m_state.kind == PaneState::Offline           ? Token::PendingFg
        : m_state.kind == PaneState::Stale             ? Token::WarnFg
                                                       : Token::Muted;
    m_icon->setPixmap(
        iconPixmap(iconName(), theme.scaled(36), theme.color(ink), devicePixelRatioF()));
}

QString StatePane::details() const
{
    QStringList lines{titleText()};
    for (const QString &line : {m_state.text, m_state.code}) {
        if (!line.isEmpty())
            lines += line;
    }
    return lines.join(u'\n');
}

void StatePane::copyDetails() const
{
    QGuiApplication::clipboard()->setText(details());
}

void StatePane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::of(this).color(Token::Surface));
}

void StatePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        showState();
    else if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace keydesk
