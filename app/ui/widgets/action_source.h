#pragma once

#include "ui/widgets/candidate_source.h"

#include <QPointer>

#include <functional>

class QAction;

namespace keydesk {

// The palette's commands: the actions a page and the window offer, with their keys. Disabled and
// hidden actions are not offered.
class ActionSource final : public PaletteSource
{
    Q_OBJECT

public:
    /// Whether `text` (an action's words, or its whatsThis, which holds further search words)
    /// answers to `query`; the caller puts pinyin in here. Without one only upper and lower case
    /// are equal.
    using Matcher = std::function<bool(const QString &text, const QString &query)>;

    explicit ActionSource(QObject *parent = nullptr);

    void setMatcher(Matcher matcher) { m_matches = std::move(matcher); }
    /// Actions offered from now on, besides those already there. Gone actions drop out by
    /// themselves.
    void addActions(const QList<QAction *> &actions);
    void clear() { m_actions.clear(); }

    QString title() const override;
    QChar prefix() const override { return u'>'; }
    void query(const QString &text, int generation) override;
    void activate(const QString &id, bool alternate) override;

private:
    QList<QPointer<QAction>> m_actions;
    Matcher m_matches;
};

} // namespace keydesk
