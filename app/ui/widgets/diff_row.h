#pragma once

#include <QFrame>

class QGridLayout;
class QLineEdit;
class QPushButton;

namespace keydesk {

class TextLabel;

// One version of a field that two people changed.
struct DiffSide
{
    QString value;
    QString by; ///< who and when: "Wang 09:20"
};

struct DiffValue
{
    QString field; ///< its label
    DiffSide base; ///< before either change
    DiffSide mine;
    DiffSide theirs;
};

// A conflict of one field: three values side by side and three keys that settle it (1 mine, 2 the
// server's, 3 something else). It reports the choice; the command is the page's.
class DiffRow final : public QFrame
{
    Q_OBJECT

public:
    enum class Choice { None, Mine, Theirs, Edited };

    explicit DiffRow(QWidget *parent = nullptr);

    void setValue(const DiffValue &value);
    Choice choice() const { return m_choice; }
    /// Without an editor the choice is between the two.
    void setEditable(bool editable);
    /// What stands in the editor, chosen or not.
    QString typedText() const;
    /// A choice and a typed text of before, as if they had just been made.
    void restore(Choice choice, const QString &typed);
    /// Takes the choice back: it cannot be used.
    void unchoose();
    /// What the field shall hold after the choice; empty while there is none.
    QString chosenValue() const;

public Q_SLOTS:
    void chooseMine();
    void chooseTheirs();
    /// Opens the editor, filled with mine; Enter there makes the choice.
    void startEditing();

Q_SIGNALS:
    void chosen(keydesk::DiffRow::Choice choice, const QString &value);
    /// Something was typed into the editor and is not chosen yet.
    void typed(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose(Choice choice, const QString &value);
    void retranslate();
    void showChoice();

    DiffValue m_value;
    Choice m_choice = Choice::None;
    TextLabel *m_field;
    TextLabel *m_headings[3];
    TextLabel *m_values[3];
    TextLabel *m_by[3];
    QPushButton *m_buttons[3];
    QLineEdit *m_editor;
};

} // namespace keydesk
