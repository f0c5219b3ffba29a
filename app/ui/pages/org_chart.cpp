#include "ui/pages/org_chart.h"

#include "domain/contact.h"
#include "query/display_text.h"

#include <QEvent>
#include <QHash>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *columns[] = {"name", "job_title", "role", "influence", "attitude"};

} // namespace

OrgChart::OrgChart(Desk &desk, QWidget *parent)
    : QTreeWidget(parent)
    , m_desk(desk)
{
    setObjectName(u"customer360.org"_s);
    setColumnCount(int(std::size(columns)));
    setTabKeyNavigation(false);
    setAlternatingRowColors(true);
    connect(this, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem *item) {
        Q_EMIT opened(RecordId(item->data(0, Qt::UserRole).toString()));
    });
    connect(&desk.workbench, &Workbench::changed, this, [this](const ChangeSet &changes) {
        if (changes.touches(u"contact"_s))
            refresh();
    });
}

void OrgChart::showOf(const RecordId &account)
{
    m_account = account;
    refresh();
}

QTreeWidgetItem *OrgChart::itemFor(const Row &row) const
{
    const EntityInfo &contacts = m_desk.workbench.catalog().entity(u"contact"_s);
    auto *item = new QTreeWidgetItem;
    int column = 0;
    for (const char *name : columns) {
        const QString field = QString::fromLatin1(name);
        item->setText(column++,
                      displayText(*contacts.field(field), contacts.cell(row, field),
                                  m_desk.lookup));
    }
    item->setData(0, Qt::UserRole, row[common_column::Id].text());
    return item;
}

// Who reports to nobody here, or in a circle, stands at the top.
void OrgChart::refresh()
{
    const EntityInfo &contacts = m_desk.workbench.catalog().entity(u"contact"_s);
    QStringList headings;
    for (const char *name : columns)
        headings.append(contacts.field(QString::fromLatin1(name))->label.text());
    setHeaderLabels(headings);
    setAccessibleName(tr("Who reports to whom"));
    const QString current = currentItem() ? currentItem()->data(0, Qt::UserRole).toString()
                                          : QString();
    clear();
    QHash<QString, QTreeWidgetItem *> items;
    QHash<QString, QString> above;
    QStringList order;
    for (const Row &row : m_desk.workbench.reader().store().select(
             contacts, "account_id = ? AND deleted_at IS NULL ORDER BY influence DESC, name",
             {Cell(m_account.text())})) {
        const QString id = row[common_column::Id].text();
        items.insert(id, itemFor(row));
        above.insert(id, contacts.cell(row, u"reports_to_id"_s).text());
        order.append(id);
    }
    for (const QString &id : std::as_const(order)) {
        QString head = above.value(id);
        for (qsizetype steps = 0; items.contains(head) && steps <= order.size(); ++steps) {
            if (head == id)
                break;
            head = above.value(head);
        }
        const bool circle = items.contains(head);
        if (!circle && items.contains(above.value(id)))
            items.value(above.value(id))->addChild(items.value(id));
        else
            addTopLevelItem(items.value(id));
    }
    expandAll();
    resizeColumnToContents(0);
    setCurrentItem(items.value(current, topLevelItem(0)));
}

void OrgChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange && !m_account.isNull())
        refresh();
    QTreeWidget::changeEvent(event);
}

} // namespace keydesk
