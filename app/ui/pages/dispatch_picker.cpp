#include "ui/pages/dispatch_picker.h"

#include "base/pinyin.h"
#include "domain/team.h"
#include "rules/routing_facts.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

enum ItemRole { StaffRole = Qt::UserRole, QueueRole };

// What a line is found by: its words and their initials.
bool answersTo(const QString &name, const QString &text)
{
    return name.contains(text, Qt::CaseInsensitive)
        || Pinyin().initials(name).contains(text, Qt::CaseInsensitive);
}

} // namespace

DispatchPicker::DispatchPicker(Desk &desk, const Opportunity &opportunity, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_filter(new QLineEdit(this))
    , m_list(new QTreeWidget(this))
    , m_note(new QLineEdit(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"picker"_s);
    setWindowTitle(tr("Dispatch %1 to …").arg(opportunity.title));
    resize(640, 520);
    m_filter->setObjectName(u"picker.filter"_s);
    m_filter->setPlaceholderText(tr("Name, initials or team"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_list->setObjectName(u"picker.list"_s);
    m_list->setAccessibleName(tr("People and queues"));
    m_list->setRootIsDecorated(false);
    m_list->setHeaderLabels({tr("Person or queue"), tr("Load"), tr("What the rules say")});
    m_note->setObjectName(u"picker.note"_s);
    m_note->setPlaceholderText(tr("Note for whoever gets it"));
    m_note->setAccessibleName(m_note->placeholderText());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setObjectName(u"picker.ok"_s);
    m_ok->setText(tr("Dispatch"));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_note);
    layout->addWidget(buttons);
    connect(m_filter, &QLineEdit::textChanged, this, &DispatchPicker::narrow);
    connect(m_list, &QTreeWidget::itemActivated, this, &DispatchPicker::confirm);
    connect(buttons, &QDialogButtonBox::accepted, this, &DispatchPicker::confirm);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    fillPeople(opportunity);
    fillQueues(opportunity);
    m_list->resizeColumnToContents(0);
    m_list->resizeColumnToContents(1);
    narrow({});
}

QTreeWidgetItem *DispatchPicker::addLine(const QString &name, const QString &load,
                                         const QString &words)
{
    return new QTreeWidgetItem(m_list, {name, load, words});
}

// The fit first, then by load; nobody is hidden, because a person may decide against a rule.
void DispatchPicker::fillPeople(const Opportunity &opportunity)
{
    RoutingFacts facts(m_desk.workbench.reader().store(), {m_desk.ticker.nowMs()});
    const RoutingQuestion question = facts.questionFor(opportunity);
    struct Line
    {
        RoutingCandidate person;
        CandidateRefusal refusal;
    };
    std::vector<Line> lines;
    for (const RoutingCandidate &one : facts.candidatesFor(question)) {
        const bool own = one.staff == question.mainManager || one.staff == question.agent
            || one.staff == question.teleManager;
        lines.push_back({one, refusalOf(question, one, own)});
    }
    std::stable_sort(lines.begin(), lines.end(), [](const Line &one, const Line &other) {
        const bool fit = one.refusal == CandidateRefusal::None;
        const bool otherFit = other.refusal == CandidateRefusal::None;
        return fit != otherFit ? fit : one.person.load < other.person.load;
    });
    for (const Line &line : lines) {
        const bool fit = line.refusal == CandidateRefusal::None;
        auto *item = addLine(line.person.name,
                             u"%1/%2"_s.arg(line.person.load).arg(line.person.capacity),
                             fit ? tr("fits") : labelOf(line.refusal));
        item->setData(0, StaffRole, line.person.staff.text());
        item->setDisabled(line.refusal == CandidateRefusal::Disabled);
    }
}

// Of its area or one above it.
void DispatchPicker::fillQueues(const Opportunity &opportunity)
{
    const QList<RecordId> areas = RoutingFacts(m_desk.workbench.reader().store(),
                                               {m_desk.ticker.nowMs()})
                                      .questionFor(opportunity)
                                      .areas;
    for (const Row &row : m_desk.workbench.reader().store().select(
             m_desk.workbench.catalog().entity(u"team"_s),
             "deleted_at IS NULL AND active = 1 AND has_queue = 1 ORDER BY area_id IS NOT ?, code",
             {Cell(opportunity.areaId.text())})) {
        const auto team = fromRow<Team>(row);
        if (!team.areaId.isNull() && !areas.contains(team.areaId))
            continue; // nobody there could claim it
        auto *item = addLine(tr("Queue: %1", "a team").arg(team.name), {}, labelOf(team.kind));
        item->setData(0, QueueRole, team.id.text());
    }
}

void DispatchPicker::narrow(const QString &text)
{
    QTreeWidgetItem *first = nullptr;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem *item = m_list->topLevelItem(i);
        item->setHidden(!text.trimmed().isEmpty() && !answersTo(item->text(0), text.trimmed()));
        if (!first && !item->isHidden() && !item->isDisabled())
            first = item;
    }
    m_list->setCurrentItem(first);
    m_ok->setEnabled(first != nullptr);
}

void DispatchPicker::confirm()
{
    const QTreeWidgetItem *item = m_list->currentItem();
    if (!item || item->isHidden() || item->isDisabled())
        return;
    Q_EMIT chosen(RecordId(item->data(0, StaffRole).toString()),
                  RecordId(item->data(0, QueueRole).toString()), m_note->text().trimmed());
    accept();
}

} // namespace keydesk
