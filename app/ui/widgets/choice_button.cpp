#include "ui/widgets/choice_button.h"

#include "base/both_words.h"
#include "ui/widgets/icon_engine.h"

#include <QKeyEvent>
#include <QMenu>
#include <QStyleOptionComboBox>
#include <QStylePainter>

namespace keydesk {

using namespace Qt::StringLiterals;

ChoiceButton::ChoiceButton(QWidget *parent)
    : QToolButton(parent)
    , m_menu(new QMenu(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    m_menu->setObjectName(u"choices"_s);
    m_menu->installEventFilter(this);
    connect(this, &QToolButton::clicked, this, &ChoiceButton::showList);
    showWords();
}

void ChoiceButton::setChoices(const QList<std::pair<QString, Label>> &choices)
{
    QList<std::pair<QString, QString>> words;
    for (const auto &[key, label] : choices)
        words.append({key, label.argument()});
    setWords(words);
}

void ChoiceButton::setWords(const QList<std::pair<QString, QString>> &choices)
{
    if (choices == m_choices)
        return;
    const QStringList ticked = keys();
    m_choices = choices;
    m_menu->clear();
    for (const auto &[key, words] : choices) {
        QAction *choice = m_menu->addAction(chosenWords(words));
        choice->setCheckable(true);
        choice->setData(key);
        connect(choice, &QAction::triggered, this, [this] {
            showWords();
            Q_EMIT edited();
        });
    }
    setKeys(ticked);
}

void ChoiceButton::setKeys(const QStringList &keys)
{
    for (QAction *choice : m_menu->actions())
        choice->setChecked(keys.contains(choice->data().toString()));
    showWords();
}

QStringList ChoiceButton::keys() const
{
    QStringList keys;
    for (const QAction *choice : m_menu->actions()) {
        if (choice->isChecked())
            keys.append(choice->data().toString());
    }
    return keys;
}

void ChoiceButton::showWords()
{
    QStringList words;
    for (const QAction *choice : m_menu->actions()) {
        if (choice->isChecked())
            words.append(choice->text());
    }
    const bool chinese = QLocale().language() == QLocale::Chinese;
    setText(words.isEmpty() ? u"–"_s : words.join(chinese ? u"、"_s : u", "_s));
    setToolTip(words.size() > 1 ? text() : QString());
}

// Shown, not executed: nothing may wait inside an event (the window goes on meanwhile).
void ChoiceButton::showList()
{
    m_menu->popup(mapToGlobal(QPoint(0, height())));
    if (!m_menu->activeAction() && !m_menu->actions().isEmpty())
        m_menu->setActiveAction(m_menu->actions().constFirst());
}

QStyleOptionComboBox ChoiceButton::look() const
{
    QStyleOptionComboBox option;
    option.initFrom(this);
    option.currentText = fontMetrics().elidedText(text(), Qt::ElideRight, width() - 40);
    option.editable = false;
    option.frame = true;
    return option;
}

// A field like the others, not a button among them.
QSize ChoiceButton::sizeHint() const
{
    const QStyleOptionComboBox option = look();
    const QSize words(fontMetrics().averageCharWidth() * 16, fontMetrics().lineSpacing());
    return style()->sizeFromContents(QStyle::CT_ComboBox, &option, words, this);
}

QSize ChoiceButton::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 8, sizeHint().height()};
}

void ChoiceButton::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    const QStyleOptionComboBox option = look();
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
}

void ChoiceButton::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Down || (enter && event->modifiers() == Qt::NoModifier))
        return showList();
    QToolButton::keyPressEvent(event);
}

// A menu closes at the first choice; here there may be several.
bool ChoiceButton::eventFilter(QObject *watched, QEvent *event)
{
    QAction *choice = nullptr;
    const auto *key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent *>(event) : nullptr;
    if (key && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
        m_menu->close(); // what was ticked is kept
        return true;
    }
    if (event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space)
        choice = m_menu->activeAction();
    else if (event->type() == QEvent::MouseButtonRelease)
        choice = m_menu->actionAt(static_cast<QMouseEvent *>(event)->position().toPoint());
    if (!choice)
        return QToolButton::eventFilter(watched, event);
    choice->trigger();
    return true;
}

void ChoiceButton::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        for (qsizetype i = 0; i < m_choices.size(); ++i)
            m_menu->actions().at(i)->setText(chosenWords(m_choices.at(i).second));
        showWords();
    }
    QToolButton::changeEvent(event);
}

} // namespace keydesk
