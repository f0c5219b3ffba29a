#include "ui/widgets/action_source.h"

#include <QAction>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

// "认领(&C)" and "&Claim" without what only marks the mnemonic.
QString plainWords(const QAction &action)
{
    static const QRegularExpression mnemonic(u"\\(&.\\)|&(?=\\w)"_s);
    return action.text().remove(mnemonic);
}

} // namespace

ActionSource::ActionSource(QObject *parent)
    : PaletteSource(parent)
    , m_matches([](const QString &text, const QString &query) {
        return text.contains(query, Qt::CaseInsensitive);
    })
{
}

void ActionSource::addActions(const QList<QAction *> &actions)
{
    for (QAction *action : actions)
        m_actions += action;
}

QString ActionSource::title() const
{
    return tr("Commands");
}

void ActionSource::query(const QString &text, int generation)
{
    QList<Candidate> answer;
    QSet<QString> offered; // a page may have a button for what the window does by a key
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        const QAction *action = m_actions[i];
        if (!action || !action->isEnabled() || !action->isVisible() || action->text().isEmpty())
            continue;
        const QString words = plainWords(*action);
        if (!text.isEmpty() && !m_matches(words, text) && !m_matches(action->whatsThis(), text))
            continue;
        if (offered.contains(words))
            continue;
        offered.insert(words);
        Candidate candidate;
        candidate.id = QString::number(i);
        candidate.title = words;
        candidate.detail = action->statusTip();
        candidate.icon = action->property("iconName").toString();
        if (candidate.icon.isEmpty())
            candidate.icon = u"command"_s;
        candidate.shortcut = action->shortcut().toString(QKeySequence::NativeText);
        answer += candidate;
    }
    Q_EMIT found(generation, answer);
}

void ActionSource::activate(const QString &id, bool)
{
    if (QAction *action = m_actions.value(id.toInt()))
        action->trigger();
}

} // namespace keydesk
