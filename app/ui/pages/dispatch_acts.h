#pragma once

#include "commands/opportunity_transfer.h"
#include "domain/opportunity.h"
#include "rules/routing.h"
#include "ui/shell/workspace.h"

#include <QElapsedTimer>

namespace keydesk {

class BatchDispatch;

/// Whether a dispatcher may give it to somebody now: what is claimed has to come back first.
bool mayBeGiven(const Opportunity &opportunity);

/// The command that undoes a dispatch which has been sent: it comes back to the operations centre
/// of its area.
CommandCall takenBack(Workbench &workbench, const RecordId &opportunity, const RecordId &area);

// What a dispatcher does with opportunities: gives them to somebody, one or many, asks what is
// missing. Against what the rules say only with a reason. Opens questions and runs commands; shows
// no record.
class DispatchActs final : public QObject
{
    Q_OBJECT

public:
    DispatchActs(Desk &desk, QWidget *page);

    /// Gives it to a person or into a queue; asks for a reason first where the rules refuse him.
    void dispatch(const RecordId &opportunity, const RecordId &staff, const RecordId &queue = {},
                  const QString &note = {});
    /// Gives each of them to the first suggestion the rules have for it, after a question that
    /// names how many.
    void dispatchMany(const QStringList &opportunities);
    /// Whether an Enter now still belongs to the last dispatch: a key pressed twice must not give
    /// away the next one, which nobody has looked at.
    bool isSettling() const;
    void askForInfo(const RecordId &opportunity);

Q_SIGNALS:
    void dispatched();

private:
    std::optional<Opportunity> find(const RecordId &id) const;
    CandidateRefusal refusalFor(const Opportunity &opportunity, const RecordId &staff) const;
    void askWhy(const DispatchOpportunity &command, const Opportunity &shown,
                CandidateRefusal refusal);
    void given(const DispatchOpportunity &command, const Opportunity &shown, qint64 localNo);
    void run(const CommandCall &call, const QString &done);

    Desk &m_desk;
    QWidget *m_page;
    BatchDispatch *m_batch;
    QElapsedTimer m_sinceDispatch;
};

} // namespace keydesk
