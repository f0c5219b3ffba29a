#pragma once

#include "models/record_table_model.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/record_table.h"

class QSplitter;
class QVBoxLayout;

namespace keydesk {

class FilterChips;
class PageHeader;

// A chip of a list: the words and the condition it stands for.
struct ListFilter
{
    QString id;
    Label label;
    std::vector<Filter> conditions;
    QString of = {}; // behind the words: whose, which one
};

// The list that most pages begin with: header with filter chips and search, a table of live records
// and, beside it, room for the detail of the current one. It knows the query and no entity's rules.
class ListPane final : public QWidget
{
    Q_OBJECT

public:
    /// `name` prefixes object names and stored states.
    ListPane(Desk &desk, const QString &name, QWidget *parent = nullptr);

    PageHeader &header() { return *m_header; }
    RecordTable &table() { return *m_table; }
    RecordTableModel &model() { return *m_model; }
    QAction *exportAction() const { return m_export; }
    void setListName(const QString &name);
    /// No header: the list is one of several in a pane that has its own. Export stays on its key.
    void setCompact() { m_compact = true; }
    /// Columns (paths) that a query needs or may show, but that start hidden.
    void hideByDefault(const QStringList &paths) { m_hidden = paths; }
    /// Exactly these filters and no search: a number elsewhere asked for its records.
    void showFiltered(const QStringList &filters);

    /// The base query and the filters over it; the first `on` of them start switched on.
    void setQuery(const RowQuery &query, const std::vector<ListFilter> &filters = {},
                  const QStringList &on = {});
    /// Conditions the page adds by itself: a customer, a queue; `any`: at least one of these too.
    void setScope(std::vector<Filter> conditions, std::vector<Filter> any = {});
    /// Puts `detail` at the right of the list; the position of the splitter is remembered.
    void setDetail(QWidget *detail, int stretch = 2);
    /// What to say while there is nothing to show and no filter is on.
    void setEmpty(const QString &title, const QString &text, const QString &action = {});
    /// Says who may see the list, in place of its rows; an empty title lets it be seen again.
    void setForbidden(const QString &title, const QString &text);
    QString currentId() const { return m_table->currentId(); }
    bool select(const QString &id);
    /// Gives up what was typed into the filter; the next query shows all.
    void clearSearch();
    void focusList();

Q_SIGNALS:
    void currentChanged(const QString &id);
    void opened(const QString &id);
    void emptyAction();

protected:
    void changeEvent(QEvent *event) override;

private:
    void apply();
    void connectTable();
    void offerSearch();
    void arrangeColumns();
    void showSyncColumn();
    QString columnsKey() const;
    void showChips();
    void showState();
    void showTotal();
    void exportRows();
    void exportTo(const QString &path);
    QString filterWords() const;

    Desk &m_desk;
    QString m_name;
    PageHeader *m_header;
    QSplitter *m_splitter;
    RecordTable *m_table;
    RecordTableModel *m_model;
    RowQuery m_query;
    std::vector<ListFilter> m_filters;
    QStringList m_on;
    QStringList m_hidden;
    bool m_compact = false;
    std::vector<Filter> m_scope;
    std::vector<Filter> m_anyScope;
    QString m_text;
    QAction *m_export;
    QString m_forbiddenTitle;
    QString m_forbiddenText;
    QString m_emptyTitle;
    QString m_emptyText;
    QString m_emptyAction;
};

} // namespace keydesk
