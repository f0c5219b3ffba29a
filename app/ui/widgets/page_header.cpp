#include "ui/widgets/page_header.h"

#include "ui/widgets/filter_chips.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/view_switch.h"

#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStyleOptionButton>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr int searchDelayMs = 150;

// In a narrow place the icon alone, as long as there is one; the words are in the tool tip.
void followAction(QPushButton *button, const QAction *action, bool compact)
{
    button->setText(compact && !action->icon().isNull() ? QString() : action->text());
    button->setAccessibleName(action->toolTip().remove(u'&'));
    button->setIcon(action->icon());
    button->setEnabled(action->isEnabled());
    button->setVisible(action->isVisible());
    const QString key = action->shortcut().toString(QKeySequence::NativeText);
    const QString tip = action->toolTip().remove(u'&');
    button->setToolTip(key.isEmpty() ? tip
                                     : PageHeader::tr("%1 (%2)", "name and key").arg(tip, key));
}

// The style has the last word: it gives short words more room than they fill.
int widthWithWords(const QPushButton &button, const QAction &action)
{
    constexpr int betweenIconAndWord = 4; // as QPushButton::sizeHint() counts it
    QStyleOptionButton option;
    option.initFrom(&button);
    option.text = action.text();
    option.icon = action.icon();
    option.iconSize = button.iconSize();
    const QSize words = option.fontMetrics.size(Qt::TextShowMnemonic, option.text);
    const QSize content(option.iconSize.width() + betweenIconAndWord + words.width(),
                        std::max(option.iconSize.height(), words.height()));
    return button.style()
        ->sizeFromContents(QStyle::CT_PushButton, &option, content, &button)
        .width();
}

} // namespace

PageHeader::PageHeader(QWidget *parent)
    : QWidget(parent)
    , m_top(new QHBoxLayout)
    , m_below(new QHBoxLayout)
    , m_title(new TextLabel(TextRole::PageTitle, Token::Text))
    , m_subtitle(new TextLabel(TextRole::Body, Token::Text2))
    , m_views(new ViewSwitch)
    , m_chips(new FilterChips)
    , m_search(new QLineEdit)
    , m_actions(new QHBoxLayout)
    , m_searchDelay(new QTimer(this))
{
    m_top->setSpacing(12);
    m_top->addWidget(m_title);
    m_top->addWidget(m_subtitle, 0, Qt::AlignBaseline);
    m_top->addSpacing(4);
    m_top->addWidget(m_views);
    m_top->addStretch(1);
    m_top->addWidget(m_search, 2);
    m_actions->setSpacing(8);
    m_top->addLayout(m_actions);
    m_below->setSpacing(12);
    m_below->addWidget(m_chips, 1);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 8);
    rows->setSpacing(8);
    rows->addLayout(m_top);
    rows->addLayout(m_below);

    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_search->setMinimumWidth(160);
    m_search->setMaximumWidth(320);
    m_search->hide();
    m_search->setObjectName(u"pageSearch"_s);
    m_search->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    m_searchDelay->setSingleShot(true);
    m_searchDelay->setInterval(searchDelayMs);
    connect(m_search, &QLineEdit::textChanged, m_searchDelay, qOverload<>(&QTimer::start));
    connect(m_searchDelay, &QTimer::timeout, this, [this] { Q_EMIT searched(m_search->text()); });
}

void PageHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

void PageHeader::setSubtitle(const QString &subtitle)
{
    m_subtitle->setText(subtitle);
}

void PageHeader::setSubtitleVisible(bool visible)
{
    m_subtitle->setVisible(visible);
}

void PageHeader::enableSearch(const QString &placeholder, QWidget *page)
{
    m_search->setPlaceholderText(placeholder);
    m_search->setAccessibleName(placeholder);
    m_search->show();
    if (m_find)
        return;
    m_find = new QShortcut(QKeySequence::Find, page);
    m_find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(m_find, &QShortcut::activated, m_search, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
}

void PageHeader::addButton(QAction *action, Prominence prominence)
{
    auto *button = new QPushButton;
    KeydeskStyle::setProminence(button, prominence);
    button->setObjectName(action->objectName());
    m_actions->addWidget(button);
    m_buttons.append({button, action});
    followAction(button, action, m_compact);
    connect(action, &QAction::changed, button,
            [this, button, action] { followAction(button, action, m_compact); });
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
}

void PageHeader::addWidget(QWidget *widget)
{
    m_actions->insertWidget(0, widget);
}

QSize PageHeader::minimumSizeHint() const
{
    // The header bends to the page, it does not widen it.
    return {200, QWidget::minimumSizeHint().height()};
}

int PageHeader::wordsOfButtons() const
{
    int words = 0;
    for (const auto &[button, action] : m_buttons) {
        if (action->isVisible() && !action->icon().isNull())
            words += widthWithWords(*button, *action) - button->sizeHint().width();
    }
    return words;
}

void PageHeader::setCompact(bool compact)
{
    m_compact = compact;
    for (const auto &[button, action] : std::as_const(m_buttons))
        followAction(button, action, compact);
}

// When the first line is too long, the views fall back to their icons; when that is not enough, the
// filter field moves down to the chips, and then the buttons keep their icons only.
void PageHeader::arrange()
{
    const bool viewsShown = m_views->isVisibleTo(this);
    const int full = m_top->minimumSize().width() + (m_compact ? wordsOfButtons() : 0)
        + (viewsShown ? m_views->fullWidth() - m_views->sizeHint().width() : 0);
    if (viewsShown && m_views->isCompact() != (full > width()))
        m_views->setCompact(full > width());
    const bool isBelow = m_below->indexOf(m_search) >= 0;
    int needed = m_top->minimumSize().width() + (m_compact ? wordsOfButtons() : 0);
    if (isBelow && m_search->isVisibleTo(this))
        needed += m_search->minimumWidth() + m_top->spacing();
    const bool below = needed > width();
    if (below != isBelow)
        moveSearch(below);
    const int buttons = m_top->minimumSize().width() + (m_compact ? wordsOfButtons() : 0);
    if (m_compact != (buttons > width()))
        setCompact(buttons > width());
}

void PageHeader::moveSearch(bool below)
{
    (below ? m_top : m_below)->removeWidget(m_search);
    if (below)
        m_below->addWidget(m_search, 1);
    else
        m_top->insertWidget(m_top->indexOf(m_actions), m_search, 2);
}

// From the filter on to what it found; Esc gives the filter up, then leaves.
bool PageHeader::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        break;
    case Qt::Key_Escape:
        if (!m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
        break;
    default:
        return QWidget::eventFilter(watched, event);
    }
    if (m_searchDelay->isActive()) {
        m_searchDelay->stop();
        Q_EMIT searched(m_search->text());
    }
    Q_EMIT listWanted();
    return true;
}

// Titles, counts and words change while the width stays.
bool PageHeader::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(event);
}

void PageHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void PageHeader::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        updateGeometry();
        arrange();
    }
}

} // namespace keydesk
