#include "ui/pages/list_pane.h"

#include "models/csv_export.h"
#include "ui/pages/column_width.h"
#include "ui/widgets/filter_chips.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/page_header.h"

#include <QEvent>
#include <QFileDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QProgressDialog>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

ListPane::ListPane(Desk &desk, const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_name(name)
    , m_header(new PageHeader(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_table(new RecordTable(m_splitter))
    , m_model(new RecordTableModel(desk.workbench.reader(), desk.lookup, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_splitter, 1);
    setObjectName(name + u".pane"_s);
    m_table->setObjectName(name + u".list"_s);
    m_table->setTicker(&desk.ticker);
    m_table->setModel(m_model);
    m_splitter->setObjectName(name + u".splitter"_s);
    m_splitter->setChildrenCollapsible(false);

    m_export = new QAction(icon(u"download"_s), {}, this);
    m_export->setObjectName(name + u".export"_s);
    m_export->setShortcut(QKeySequence(u"Ctrl+E"_s));
    m_export->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(m_export);
    connect(m_export, &QAction::triggered, this, &ListPane::exportRows);
    m_header->addButton(m_export, Prominence::Quiet);

    connect(m_header, &PageHeader::searched, this, [this](const QString &text) {
        m_text = text;
        apply();
    });
    connect(m_header, &PageHeader::listWanted, this, &ListPane::focusList);
    connect(&m_header->chips(), &FilterChips::toggled, this, [this](const QString &id, bool on) {
        m_on.removeAll(id);
        if (on)
            m_on.append(id);
        showChips();
        apply();
    });
    connectTable();
}

void ListPane::connectTable()
{
    connect(m_table, &RecordTable::currentIdChanged, this, &ListPane::currentChanged);
    connect(m_table, &RecordTable::opened, this, &ListPane::opened);
    connect(m_table, &RecordTable::stateAction, this, [this](PaneState::Kind kind) {
        if (kind != PaneState::EmptyByFilter)
            return Q_EMIT emptyAction();
        showFiltered({});
    });
    connect(m_table, &RecordTable::columnsChanged, this,
            [this] { m_desk.workbench.settings().saveState(columnsKey(), m_table->saveState()); });
    // The third click on a heading gives up its order: the list's own comes back.
    connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this,
            [this](int column) {
                if (column < 0)
                    apply();
            });
    connect(m_model, &RecordTableModel::pendingChanged, this, &ListPane::showSyncColumn);
    connect(m_model, &RecordTableModel::totalChanged, this, [this] {
        showTotal();
        showState();
    });
    connect(&m_model->query(), &LiveQuery::finished, this, &ListPane::showState);
}

void ListPane::showTotal()
{
    m_header->setSubtitle(tr("%n record(s)", nullptr, int(m_model->query().total())));
}

void ListPane::setListName(const QString &name)
{
    m_table->setListName(name);
    m_header->setVisible(!m_compact);
    offerSearch();
    m_export->setText(tr("Export"));
}

// What is in no index cannot be searched.
void ListPane::offerSearch()
{
    const EntityInfo *entity = m_desk.workbench.catalog().find(m_query.entity);
    if (!m_compact && entity && m_desk.workbench.reader().store().isSearchable(*entity))
        m_header->enableSearch(tr("Filter: name, initials, number"), this);
}

void ListPane::setQuery(const RowQuery &query, const std::vector<ListFilter> &filters,
                        const QStringList &on)
{
    const bool sameEntity = m_query.entity == query.entity;
    m_query = query;
    if (!sameEntity)
        offerSearch();
    m_filters = filters;
    m_on = on;
    showChips();
    const bool sameColumns = m_model->query().query().fields == query.fields;
    apply();
    if (!sameColumns)
        arrangeColumns();
}

// The columns' own widths, then what the user made of them.
void ListPane::arrangeColumns()
{
    const Theme &theme = Theme::of(this);
    const QFontMetrics metrics(theme.font());
    QList<int> widths;
    QList<int> hidden;
    for (int column = 0; column < m_model->columnCount(); ++column)
        widths.append(defaultColumnWidth(*m_model, column, metrics) * 100 / theme.textPercent);
    for (const QString &path : std::as_const(m_hidden))
        hidden.append(m_model->columnOf(path));
    m_table->setStretchColumn(stretchColumnOf(*m_model));
    m_table->setHiddenByDefault(hidden);
    m_table->setColumnWidths(widths);
    m_table->restoreState(m_desk.workbench.settings().state(columnsKey()));
    showSyncColumn();
}

// Room for the mark only while something bears it.
void ListPane::showSyncColumn()
{
    if (const int column = m_model->syncColumn(); column >= 0)
        m_table->setColumnShown(column, m_model->isAnyPending());
}

// One list may show several views with columns of their own.
QString ListPane::columnsKey() const
{
    const QByteArray fields = m_query.fields.join(u' ').toUtf8();
    return m_name + u".columns."_s + QString::number(qChecksum(fields), 16);
}

void ListPane::showFiltered(const QStringList &filters)
{
    clearSearch();
    m_on = filters;
    showChips();
    apply();
}

void ListPane::setScope(std::vector<Filter> conditions, std::vector<Filter> any)
{
    if (conditions == m_scope && any == m_anyScope)
        return;
    m_scope = std::move(conditions);
    m_anyScope = std::move(any);
    if (!m_query.entity.isEmpty())
        apply();
}

void ListPane::setDetail(QWidget *detail, int stretch)
{
    m_splitter->addWidget(detail);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, stretch);
    m_splitter->setSizes({3000, stretch * 1000}); // shares, whatever the two would ask for
    m_splitter->restoreState(m_desk.workbench.settings().state(m_splitter->objectName()));
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] {
        m_desk.workbench.settings().saveState(m_splitter->objectName(), m_splitter->saveState());
    });
}

void ListPane::setEmpty(const QString &title, const QString &text, const QString &action)
{
    m_emptyTitle = title;
    m_emptyText = text;
    m_emptyAction = action;
    showState();
}

void ListPane::setForbidden(const QString &title, const QString &text)
{
    m_forbiddenTitle = title;
    m_forbiddenText = text;
    showState();
}

bool ListPane::select(const QString &id)
{
    m_table->wantId(id);
    return m_table->currentId() == id;
}

void ListPane::clearSearch()
{
    const QSignalBlocker quiet(m_header->searchField());
    m_header->searchField().clear();
    m_text.clear();
}

void ListPane::focusList()
{
    m_table->setFocus();
}

void ListPane::apply()
{
    RowQuery query = m_query;
    for (const Filter &condition : m_scope)
        query.filter.all.push_back(condition);
    if (!m_anyScope.empty())
        query.filter.any.push_back(m_anyScope);
    for (const ListFilter &filter : m_filters) {
        if (m_on.contains(filter.id))
            query.filter.all.insert(query.filter.all.end(), filter.conditions.begin(),
                                    filter.conditions.end());
    }
    query.filter.text = m_text;
    // A filter does not undo the order the user chose by a heading.
    if (m_table->horizontalHeader()->sortIndicatorSection() >= 0
        && m_model->query().query().fields == query.fields)
        query.order = m_model->query().query().order;
    if (const auto set = m_model->setQuery(query); !set)
        m_table->setState({PaneState::Error, set.error().text(), {}, set.error().key(), {}});
}

void ListPane::showChips()
{
    QList<FilterChip> chips;
    for (const ListFilter &filter : m_filters)
        chips.append({filter.id, filter.label.text() + filter.of, m_on.contains(filter.id)});
    m_header->chips().setChips(chips);
}

void ListPane::showState()
{
    if (const auto &error = m_model->query().error()) {
        m_table->setState(
            {PaneState::Error, tr("The list could not be read."), error->text(), error->key(), {}});
        return;
    }
    if (!m_forbiddenTitle.isEmpty()) {
        m_table->setState({PaneState::NoPermission, m_forbiddenTitle, m_forbiddenText, {}, {}});
        return;
    }
    const bool narrowed = !m_on.isEmpty() || !m_text.isEmpty();
    if (narrowed)
        m_table->setState({PaneState::EmptyByFilter,
                           tr("Nothing matches the filter."),
                           {},
                           {},
                           tr("Clear filter")});
    else
        m_table->setState({PaneState::EmptyFirstUse, m_emptyTitle, m_emptyText, {}, m_emptyAction});
}

// What narrows the list, as the person sees it.
QString ListPane::filterWords() const
{
    QStringList words;
    for (const ListFilter &filter : m_filters) {
        if (m_on.contains(filter.id))
            words.append(filter.label.text() + filter.of);
    }
    if (!m_text.trimmed().isEmpty())
        words.append(u"“%1”"_s.arg(m_text.trimmed()));
    return words.join(u"; "_s);
}

void ListPane::exportRows()
{
    ExportRecords wanted;
    wanted.entity = m_query.entity;
    if (auto may = m_desk.workbench.mayRun(callOf(wanted)); !may) {
        m_desk.toasts.show(may.error().text(), BadgeKind::Danger);
        return;
    }
    auto *dialog = new QFileDialog(this, tr("Export"), m_name + u".csv"_s, u"CSV (*.csv)"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &path) { exportTo(path); });
    dialog->open();
}

// Every row of the filter, by its business number where it has one.
void ListPane::exportTo(const QString &path)
{
    RowQuery query = m_model->query().query();
    const EntityInfo &entity = m_desk.workbench.catalog().entity(query.entity);
    if (entity.indexOf(u"no"_s) >= 0 && !query.fields.contains(u"no"_s))
        query.fields.prepend(u"no"_s);
    auto *job = new CsvExport(m_desk.lookup, m_desk.workbench.reader(), this);
    // Told before the file is there: nobody takes away what no line of the trail tells of.
    job->account = [this, job, words = filterWords(),
                    entity = query.entity](int rows, const CsvExport::Answer &answer) {
        ExportRecords exported;
        exported.entity = entity;
        exported.filter = words;
        exported.rows = rows;
        exported.masked = job->isMasked();
        m_desk.workbench.run(callOf(exported), [answer](const Result<RunOutcome> &queued) {
            answer(queued ? Result<>() : queued.error());
        });
    };
    auto *progress = new QProgressDialog(tr("Writing …"), tr("Cancel"), 0, 0, this);
    progress->setObjectName(m_name + u".exporting"_s);
    progress->setMinimumDuration(500);
    progress->setAttribute(Qt::WA_DeleteOnClose);
    connect(progress, &QProgressDialog::canceled, job, [job] {
        job->cancel();
        job->deleteLater();
    });
    connect(job, &CsvExport::progressed, progress, [progress](int done, int total) {
        progress->setMaximum(std::max(1, total));
        progress->setValue(std::min(done, total - 1));
    });
    connect(job, &CsvExport::finished, this, [this, job, progress, path](const Result<int> &rows) {
        progress->deleteLater();
        job->deleteLater();
        if (rows && job->isCut())
            m_desk.toasts.show(tr("The first %n record(s) were written to %1; an export holds no "
                                  "more. Narrow the list for the others.",
                                  nullptr, *rows)
                                   .arg(path),
                               BadgeKind::Warn);
        else if (rows)
            m_desk.toasts.show(tr("%n record(s) written to %1", nullptr, *rows).arg(path),
                               BadgeKind::Ok);
        else
            m_desk.toasts.show(rows.error().text(), BadgeKind::Danger);
    });
    if (auto begun = job->start(path, query); !begun) {
        progress->deleteLater();
        job->deleteLater();
        m_desk.toasts.show(begun.error().text(), BadgeKind::Danger);
    }
}

void ListPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_model->retranslate();
        showTotal();
        showState();
        showChips();
        arrangeColumns();
    }
    QWidget::changeEvent(event);
}

} // namespace keydesk
