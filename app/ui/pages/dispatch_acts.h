#pragma once

#include "domain/opportunity.h"
#include "rules/routing.h"
#include "ui/pages/ask_dialog.h"

#include <QElapsedTimer>

namespace keydesk {

/// Whether a dispatcher may give it to somebody now: what is claimed has to come back first.
bool mayBeGiven(const Opportunity &opportunity);

// What a dispatcher does with opportunities: gives them to somebody, one or many, asks what is
// missing, discards, sends back. Against what the rules say only with a reason. Opens questions and
// runs commands; shows no record.
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
    void discard(const RecordId &opportunity);
    void giveBack(const RecordId &opportunity);

Q_SIGNALS:
    void dispatched();

private:
    struct Plan
    {
        RecordId opportunity;
        RecordId staff;
        int claimEpoch = 0;
    };
    std::optional<Opportunity> find(const RecordId &id) const;
    CandidateRefusal refusalFor(const Opportunity &opportunity, const RecordId &staff) const;
    std::vector<Plan> plan(const QStringList &opportunities) const;
    void send(const Opportunity &opportunity, const RecordId &staff, const RecordId &queue,
              const QString &note);
    void sendAll(const std::vector<Plan> &plans);
    void run(const CommandCall &call, const QString &done);

    Desk &m_desk;
    QWidget *m_page;
    QElapsedTimer m_sinceDispatch;
};

} // namespace keydesk
