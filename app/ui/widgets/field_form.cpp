#include "ui/widgets/field_form.h"

#include "ui/widgets/field_row.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QGridLayout>
#include <QScrollArea>

#include <algorithm>

namespace keydesk {

namespace {

// Grid columns of one form column: label, field, gap to the next.
constexpr int cellsPerColumn = 3;
constexpr int rowsPerLine = 3; // label above, editor, message
constexpr int spacing = 10;
constexpr int betweenColumns = 12;
constexpr int readableField = 18; // digits

} // namespace

FieldForm::FieldForm(QWidget *parent, int columns)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
    , m_most(columns)
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(spacing);
    m_grid->setVerticalSpacing(3);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

FieldRow *FieldForm::addRow(const QString &label, QWidget *editor, bool required)
{
    return add(label, editor, required, false);
}

FieldRow *FieldForm::addWideRow(const QString &label, QWidget *editor, bool required)
{
    return add(label, editor, required, true);
}

FieldRow *FieldForm::add(const QString &label, QWidget *editor, bool required, bool wide)
{
    auto *row = new FieldRow(label, editor, required, this);
    m_rows += row;
    m_lines += Line{row, nullptr, wide};
    arrange();
    return row;
}

TextLabel *FieldForm::addSection(const QString &title)
{
    auto *heading = new TextLabel(title, TextRole::Section, Token::Text, this);
    heading->show();
    m_lines += Line{nullptr, heading, true};
    arrange();
    return heading;
}

void FieldForm::setMostColumns(int columns)
{
    m_most = columns;
    fitColumns();
}

int FieldForm::columnWidth() const
{
    int label = 0;
    int field = fontMetrics().horizontalAdvance(u'0') * readableField;
    for (const Line &line : m_lines) {
        if (!line.row || line.wide)
            continue;
        label = std::max(label, line.row->m_labelBox->sizeHint().width());
        field = std::max(field, line.row->m_editor->minimumSizeHint().width());
    }
    return Theme::of(this).labelsBesideFields() ? label + spacing + field : std::max(label, field);
}

void FieldForm::fitColumns()
{
    const int gap = 2 * spacing + betweenColumns;
    const int fitting = (width() + gap) / std::max(1, columnWidth() + gap);
    const int columns = std::clamp(fitting, 1, m_most);
    if (columns == m_columns)
        return;
    m_columns = columns;
    arrange();
}

QSize FieldForm::minimumSizeHint() const
{
    const QSize now = QWidget::minimumSizeHint();
    return {m_columns == 1 ? now.width() : std::min(now.width(), columnWidth()), now.height()};
}

void FieldForm::arrange()
{
    while (QLayoutItem *item = m_grid->takeAt(0))
        delete item; // the widgets stay with the form
    // What a former arrangement asked for.
    for (int column = 0; column < m_grid->columnCount(); ++column) {
        m_grid->setColumnStretch(column, 0);
        m_grid->setColumnMinimumWidth(column, 0);
    }
    for (int row = 0; row < m_grid->rowCount(); ++row)
        m_grid->setRowMinimumHeight(row, 0);
    const int cells = m_columns * cellsPerColumn;
    for (int cell = 0; cell < cells; ++cell) {
        m_grid->setColumnStretch(cell, cell % cellsPerColumn == 1 ? 1 : 0);
        m_grid->setColumnMinimumWidth(cell,
                                      cell % cellsPerColumn == 2 && cell + 1 < cells
                                          ? betweenColumns
                                          : 0);
    }
    int gridRow = 0;
    int column = 0;
    for (const Line &line : std::as_const(m_lines)) {
        if ((line.wide || column == m_columns) && column > 0) {
            gridRow += rowsPerLine + 1;
            column = 0;
        }
        place(line, gridRow, column);
        column += line.wide ? m_columns : 1;
        m_grid->setRowMinimumHeight(gridRow + rowsPerLine, 4);
    }
}

void FieldForm::place(const Line &line, int gridRow, int column)
{
    const int first = column * cellsPerColumn;
    if (line.heading) {
        m_grid->setRowMinimumHeight(gridRow, gridRow == 0 ? 0 : 28);
        m_grid->addWidget(line.heading, gridRow, 0, 1, -1, Qt::AlignBottom);
        return;
    }
    const bool beside = Theme::of(this).labelsBesideFields() && line.row->isNamed();
    const int span = line.wide ? m_columns * cellsPerColumn - (beside ? 2 : 1) : (beside ? 1 : 2);
    FieldRow &row = *line.row;
    if (beside) {
        m_grid->addWidget(row.m_labelBox, gridRow + 1, first,
                          line.wide ? Qt::AlignTop : Qt::AlignVCenter);
        row.m_labelBox->setContentsMargins(0, line.wide ? 6 : 0, 0, 0);
    } else {
        m_grid->addWidget(row.m_labelBox, gridRow, first, 1, 2);
        row.m_labelBox->setContentsMargins(0, 4, 0, 0);
    }
    const int field = first + (beside ? 1 : 0);
    m_grid->addWidget(row.m_editor, gridRow + 1, field, 1, span);
    m_grid->addWidget(row.m_message, gridRow + 2, field, 1, span);
}

bool FieldForm::focusFirstError()
{
    for (const FieldRow *row : std::as_const(m_rows)) {
        if (row->hasError()) {
            row->editor()->setFocus(Qt::OtherFocusReason);
            scrollTo(row->editor());
            return true;
        }
    }
    return false;
}

// Only Tab scrolls by itself.
void FieldForm::scrollTo(QWidget *editor)
{
    for (QWidget *outer = parentWidget(); outer; outer = outer->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(outer))
            area->ensureWidgetVisible(editor);
    }
}

void FieldForm::clearErrors()
{
    for (FieldRow *row : std::as_const(m_rows))
        row->setError({});
}

void FieldForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        arrange();
        fitColumns();
    } else if (event->type() == QEvent::LanguageChange) {
        for (FieldRow *row : std::as_const(m_rows))
            row->refresh();
        // The labels of the rows follow after this.
        QMetaObject::invokeMethod(this, &FieldForm::fitColumns, Qt::QueuedConnection);
    }
}

void FieldForm::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

} // namespace keydesk
