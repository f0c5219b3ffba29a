#include "ui/widgets/kanban_column.h"

#include "ui/widgets/card_delegate.h"
#include "ui/widgets/card_list.h"
#include "ui/widgets/clock_ticker.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text_label.h"

#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace keydesk {

KanbanColumn::KanbanColumn(const QString &id, QWidget *parent)
    : QFrame(parent)
    , m_id(id)
    , m_heading(new TextLabel(TextRole::Body, Token::Text))
    , m_count(new TextLabel(TextRole::Body, Token::Text2))
    , m_summary(new TextLabel(TextRole::Caption, Token::Text2))
    , m_list(new CardList)
    , m_delegate(new CardDelegate(this))
{
    m_heading->setBold(true);
    m_list->setItemDelegate(m_delegate);
    m_list->setObjectName(u"kanban."_s + m_id);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(8, 0, 8, 0);
    top->addWidget(m_heading);
    top->addWidget(m_count);
    top->addStretch();
    top->addWidget(m_summary);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(4, 8, 4, 4);
    column->setSpacing(6);
    column->addLayout(top);
    column->addWidget(m_list, 1);
    connect(m_list, &CardList::opened, this, &KanbanColumn::opened);
    connect(m_list, &CardList::currentIdChanged, this, &KanbanColumn::currentIdChanged);
    connect(m_list, &CardList::cardDropped, this, &KanbanColumn::cardDropped);
    connect(m_list, &CardList::neighbourRequested, this, &KanbanColumn::neighbourRequested);
    connect(m_list, &CardList::focused, this, &KanbanColumn::focused);
    // The cards lie on the column, not on a sheet of their own.
    m_list->viewport()->setAutoFillBackground(false);
    setMinimumWidth(200);
}

void KanbanColumn::setModel(QAbstractItemModel *model)
{
    if (QAbstractItemModel *old = m_list->model())
        disconnect(old, nullptr, this, nullptr);
    m_list->setModel(model);
    if (model) {
        connect(model, &QAbstractItemModel::rowsInserted, this, &KanbanColumn::updateHeading);
        connect(model, &QAbstractItemModel::rowsInserted, this, &KanbanColumn::cardsCame);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &KanbanColumn::updateHeading);
        connect(model, &QAbstractItemModel::modelReset, this, &KanbanColumn::updateHeading);
        connect(model, &QAbstractItemModel::modelReset, this, &KanbanColumn::cardsCame);
    }
    updateHeading();
}

void KanbanColumn::setTitle(const QString &title)
{
    m_title = title;
    updateHeading();
}

void KanbanColumn::setSummary(const QString &summary)
{
    m_summary->setText(summary);
}

void KanbanColumn::setTicker(const ClockTicker *ticker)
{
    m_delegate->setTicker(ticker);
    if (ticker)
        connect(ticker, &ClockTicker::ticked, m_list->viewport(), qOverload<>(&QWidget::update));
}

void KanbanColumn::addKey(QAction *action)
{
    action->setShortcutContext(Qt::WidgetShortcut);
    m_list->addAction(action);
}

QString KanbanColumn::currentId() const
{
    return m_list->currentIndex().data(IdRole).toString();
}

bool KanbanColumn::selectId(const QString &id)
{
    const QAbstractItemModel *model = m_list->model();
    if (!model || model->rowCount() == 0)
        return false;
    const QModelIndexList found = model->match(model->index(0, 0), IdRole, id, 1,
                                               Qt::MatchExactly | Qt::MatchCaseSensitive);
    if (found.isEmpty())
        return false;
    m_list->setCurrentIndex(found.first());
    return true;
}

QListView &KanbanColumn::list() const
{
    return *m_list;
}

void KanbanColumn::updateHeading()
{
    const int cards = m_list->model() ? m_list->model()->rowCount() : 0;
    m_heading->setText(m_title);
    m_count->setText(QLocale().toString(cards));
    m_list->setAccessibleName(tr("%1, %n card(s)", "column of a board", cards).arg(m_title));
}

void KanbanColumn::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        updateHeading();
    else if (event->type() == QEvent::StyleChange)
        m_list->doItemsLayout();
}

void KanbanColumn::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(this);
    paintPanel(painter, rect(), Theme::cardRadius, theme.color(Token::Window),
               theme.color(Token::BorderSubtle));
}

} // namespace keydesk
