#include "ui/pages/child_pane.h"

#include "commands/record_commands.h"
#include "ui/pages/record_acts.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/page_header.h"

#include <QEvent>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

ChildPane::ChildPane(Desk &desk, const QString &name, const QString &entity,
                     const QString &parentField, const QStringList &columns, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_entity(entity)
    , m_parentField(parentField)
    , m_columns(columns)
    , m_list(new ListPane(desk, name, this))
    , m_add(makeAct(name + u".add"_s, u"plus"_s, QKeySequence(Qt::Key_Insert), &ChildPane::add))
    , m_edit(makeAct(name + u".edit"_s, u"pencil"_s, QKeySequence(Qt::Key_F2), &ChildPane::edit))
    , m_remove(makeAct(name + u".remove"_s, u"trash-2"_s, QKeySequence::Delete, &ChildPane::remove))
{
    setObjectName(name);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list);
    for (QAction *act : acts()) {
        m_list->table().addKey(act);
        m_list->header().addButton(act, act == m_add ? Prominence::Normal : Prominence::Quiet);
    }
    connect(m_list, &ListPane::opened, this, &ChildPane::edit);
    connect(m_list, &ListPane::emptyAction, this, &ChildPane::add);
    retranslate();
}

QAction *ChildPane::makeAct(const QString &name, const QString &iconName, const QKeySequence &key,
                            void (ChildPane::*does)())
{
    auto *act = new QAction(icon(iconName), {}, this);
    act->setObjectName(name);
    act->setShortcut(key);
    act->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(act, &QAction::triggered, this, does);
    return act;
}

void ChildPane::retranslate()
{
    const QString kind = m_desk.workbench.catalog().entity(m_entity).label().text();
    m_list->header().setTitle(m_titled ? kind : QString());
    m_list->setListName(kind);
    m_add->setText(tr("Add"));
    m_edit->setText(tr("Change"));
    m_remove->setText(tr("Remove"));
    m_list->setEmpty(tr("Nothing here yet."), {}, m_add->isEnabled() ? tr("Add") : QString());
}

void ChildPane::setUntitled()
{
    m_titled = false;
    retranslate();
}

void ChildPane::showOf(const RecordId &parent)
{
    m_parent = parent;
    RowQuery query;
    query.entity = m_entity;
    query.fields = m_columns;
    query.filter.all = {Filter::is(m_parentField, parent.text())};
    query.order = {{m_columns.front(), false}};
    m_list->setQuery(query);
    refreshRights();
}

void ChildPane::refreshRights()
{
    CreateRecord one;
    one.entity = m_entity;
    one.values = {{m_parentField, Cell(m_parent.text())}};
    const bool may = !m_parent.isNull() && m_desk.workbench.mayRun(callOf(one));
    for (QAction *act : acts())
        act->setEnabled(may);
    retranslate();
}

void ChildPane::add()
{
    if (!m_parent.isNull() && m_add->isEnabled())
        RecordActs(m_desk, this).create(m_entity, {{m_parentField, Cell(m_parent.text())}});
}

void ChildPane::edit()
{
    const QString id = m_list->currentId();
    if (!id.isEmpty() && m_edit->isEnabled())
        RecordActs(m_desk, this).edit(m_entity, RecordId(id));
}

void ChildPane::remove()
{
    const QString id = m_list->currentId();
    if (!id.isEmpty())
        RecordActs(m_desk, this).remove(m_entity, RecordId(id));
}

void ChildPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace keydesk
