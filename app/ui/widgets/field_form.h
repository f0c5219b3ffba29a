#pragma once

#include <QWidget>

class QGridLayout;

namespace keydesk {

class FieldRow;
class TextLabel;

// A form: labels beside their fields (above them in the comfortable density), in as many columns as
// there is room for, with the error of a field under it. It holds no values; the editors do.
class FieldForm final : public QWidget
{
    Q_OBJECT

public:
    /// `columns`: at most so many side by side.
    explicit FieldForm(QWidget *parent = nullptr, int columns = 1);
    void setMostColumns(int columns);

    /// Adds a field. `label` may carry a mnemonic ("客户(&K)"); it becomes the editor's accessible
    /// name.
    FieldRow *addRow(const QString &label, QWidget *editor, bool required = false);
    /// The same over the full width, for long texts. Without a label it begins at the left edge,
    /// under the heading that names it.
    FieldRow *addWideRow(const QString &label, QWidget *editor, bool required = false);
    /// A heading between groups of fields.
    TextLabel *addSection(const QString &title);
    const QList<FieldRow *> &rows() const { return m_rows; }
    /// Focuses the first field with an error; false when there is none.
    bool focusFirstError();
    void clearErrors();
    /// One column is enough to stand in.
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void scrollTo(QWidget *editor);
    struct Line
    {
        FieldRow *row = nullptr;
        TextLabel *heading = nullptr;
        bool wide = false;
    };

    FieldRow *add(const QString &label, QWidget *editor, bool required, bool wide);
    void arrange();
    void place(const Line &line, int gridRow, int column);
    /// What one column needs so that its fields can be read.
    int columnWidth() const;
    void fitColumns();

    QGridLayout *m_grid;
    int m_most;
    int m_columns = 1; // now
    QList<Line> m_lines;
    QList<FieldRow *> m_rows;
};

} // namespace keydesk
