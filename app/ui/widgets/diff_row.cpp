#include "ui/widgets/diff_row.h"

#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

// Columns in reading order: mine, the server's, what it was.
enum Column { MineColumn, TheirsColumn, BaseColumn };

} // namespace

DiffRow::DiffRow(QWidget *parent)
    : QFrame(parent)
    , m_field(new TextLabel(TextRole::Body, Token::Text))
    , m_editor(new QLineEdit)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_field->setBold(true);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(12, 10, 12, 10);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(2);
    grid->addWidget(m_field, 0, 0, 1, 3);
    for (int column = 0; column < 3; ++column) {
        m_headings[column] = new TextLabel(TextRole::Caption, Token::Text2);
        m_values[column] = new TextLabel(TextRole::Body, Token::Text);
        m_values[column]->setWordWrap(true);
        m_values[column]->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_by[column] = new TextLabel(TextRole::Caption, Token::Muted);
        grid->addWidget(m_headings[column], 1, column);
        grid->addWidget(m_values[column], 2, column);
        grid->addWidget(m_by[column], 3, column);
        grid->setColumnStretch(column, 1);
        m_buttons[column] = new QPushButton;
    }
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton *button : m_buttons)
        buttons->addWidget(button);
    buttons->addWidget(m_editor, 1);
    buttons->addStretch(1);
    grid->setRowMinimumHeight(4, 6);
    grid->addLayout(buttons, 5, 0, 1, 3);
    m_editor->hide();
    m_editor->installEventFilter(this);
    connect(m_buttons[0], &QPushButton::clicked, this, &DiffRow::chooseMine);
    connect(m_buttons[1], &QPushButton::clicked, this, &DiffRow::chooseTheirs);
    connect(m_buttons[2], &QPushButton::clicked, this, &DiffRow::startEditing);
    connect(m_editor, &QLineEdit::textEdited, this, &DiffRow::typed);
    retranslate();
}

void DiffRow::setValue(const DiffValue &value)
{
    m_value = value;
    m_choice = Choice::None;
    m_field->setText(value.field);
    const DiffSide *sides[3] = {&value.mine, &value.theirs, &value.base};
    for (int column = 0; column < 3; ++column) {
        m_by[column]->setText(sides[column]->by);
        m_by[column]->setVisible(!sides[column]->by.isEmpty());
    }
    m_editor->hide();
    retranslate();
    showChoice();
}

void DiffRow::retranslate()
{
    m_headings[MineColumn]->setText(tr("Mine"));
    m_headings[TheirsColumn]->setText(tr("On the server"));
    m_headings[BaseColumn]->setText(tr("Before"));
    const QString empty = tr("(empty)");
    const DiffSide *sides[3] = {&m_value.mine, &m_value.theirs, &m_value.base};
    for (int column = 0; column < 3; ++column)
        m_values[column]->setText(sides[column]->value.isEmpty() ? empty : sides[column]->value);
    m_buttons[0]->setText(tr("1  Keep mine"));
    m_buttons[1]->setText(tr("2  Take the server's"));
    m_buttons[2]->setText(tr("3  Edit …"));
    m_editor->setAccessibleName(tr("New value of %1").arg(m_value.field));
    setAccessibleName(tr("%1: mine %2, on the server %3, before %4")
                          .arg(m_value.field, m_values[MineColumn]->text(),
                               m_values[TheirsColumn]->text(), m_values[BaseColumn]->text()));
}

QString DiffRow::chosenValue() const
{
    switch (m_choice) {
    case Choice::Mine:
        return m_value.mine.value;
    case Choice::Theirs:
        return m_value.theirs.value;
    case Choice::Edited:
        return m_editor->text();
    case Choice::None:
        break;
    }
    return {};
}

void DiffRow::setEditable(bool editable)
{
    m_buttons[2]->setEnabled(editable);
    m_buttons[2]->setVisible(editable);
}

QString DiffRow::typedText() const
{
    return m_editor->isVisibleTo(this) ? m_editor->text() : QString();
}

void DiffRow::restore(Choice choice, const QString &typed)
{
    if (!typed.isEmpty()) {
        m_editor->setText(typed);
        m_editor->show();
    }
    if (choice == Choice::Mine)
        chooseMine();
    else if (choice == Choice::Theirs)
        chooseTheirs();
    else if (choice == Choice::Edited)
        this->choose(choice, m_editor->text());
}

void DiffRow::unchoose()
{
    m_choice = Choice::None;
    showChoice();
    m_editor->setFocus();
}

void DiffRow::choose(Choice choice, const QString &value)
{
    m_choice = choice;
    showChoice();
    Q_EMIT chosen(choice, value);
}

void DiffRow::chooseMine()
{
    m_editor->hide();
    choose(Choice::Mine, m_value.mine.value);
}

void DiffRow::chooseTheirs()
{
    m_editor->hide();
    choose(Choice::Theirs, m_value.theirs.value);
}

void DiffRow::startEditing()
{
    if (!m_buttons[2]->isEnabled())
        return;
    if (!m_editor->isVisibleTo(this))
        m_editor->setText(m_value.mine.value);
    m_editor->show();
    m_editor->setFocus();
    m_editor->selectAll();
}

void DiffRow::showChoice()
{
    const Choice choices[3] = {Choice::Mine, Choice::Theirs, Choice::Edited};
    for (int i = 0; i < 3; ++i) {
        m_buttons[i]->setCheckable(true);
        m_buttons[i]->setChecked(m_choice == choices[i]);
    }
    m_values[MineColumn]->setBold(m_choice == Choice::Mine);
    m_values[TheirsColumn]->setBold(m_choice == Choice::Theirs);
    update();
}

void DiffRow::keyPressEvent(QKeyEvent *event)
{
    if (event->modifiers() & ~Qt::KeypadModifier)
        return QFrame::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_1:
        return chooseMine();
    case Qt::Key_2:
        return chooseTheirs();
    case Qt::Key_3:
        return startEditing();
    default:
        QFrame::keyPressEvent(event);
    }
}

bool DiffRow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        choose(Choice::Edited, m_editor->text());
        setFocus();
        return true;
    }
    if (key == Qt::Key_Escape) {
        setFocus(); // what was typed stays in the editor
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void DiffRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(this);
    paintPanel(painter, rect(), Theme::cardRadius, theme.color(Token::Surface),
               theme.color(hasFocus() ? Token::Link : Token::BorderSubtle),
               hasFocus() ? Theme::focusRing : 1);
}

void DiffRow::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace keydesk
