#include "ui/widgets/choice_button.h"

#include "ui/widgets/icon_engine.h"

#include <QKeyEvent>
#include <QMenu>

namespace keydesk {

using namespace Qt::StringLiterals;

ChoiceButton::ChoiceButton(QWidget *parent)
    : QToolButton(parent)
    , m_menu(new QMenu(this))
{
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setFocusPolicy(Qt::StrongFocus);
    m_menu->setObjectName(u"choices"_s);
    m_menu->installEventFilter(this);
    connect(this, &QToolButton::clicked, this, &ChoiceButton::showList);
    showWords();
}

void ChoiceButton::setChoices(const QList<std::pair<QString, Label>> &choices)
{
    const QStringList ticked = keys();
    m_choices = choices;
    m_menu->clear();
    for (const auto &[key, label] : choices) {
        QAction *choice = m_menu->addAction(label.text());
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
    setText((words.isEmpty() ? u"–"_s : words.join(u"、"_s)) + u"  ▾"_s);
}

// Shown, not executed: nothing may wait inside an event (the window goes on meanwhile).
void ChoiceButton::showList()
{
    m_menu->popup(mapToGlobal(QPoint(0, height())));
    if (!m_menu->activeAction() && !m_menu->actions().isEmpty())
        m_menu->setActiveAction(m_menu->actions().constFirst());
}

void ChoiceButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down)
        return showList();
    QToolButton::keyPressEvent(event);
}

// A menu closes at the first choice; here there may be several.
bool ChoiceButton::eventFilter(QObject *watched, QEvent *event)
{
    QAction *choice = nullptr;
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
            m_menu->actions().at(i)->setText(m_choices.at(i).second.text());
        showWords();
    }
    QToolButton::changeEvent(event);
}

} // namespace keydesk
