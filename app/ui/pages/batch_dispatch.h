#pragma once

#include "domain/opportunity.h"
#include "ui/shell/workspace.h"

#include <QTimer>

#include <map>

namespace keydesk {

// Gives many opportunities away, each to the first suggestion the rules have for it: what somebody
// gets here weighs on him for the next one, as if it were done one by one. Plans in portions, so
// that the window goes on; asks before it sends anything; says at the end what was refused and why.
class BatchDispatch final : public QObject
{
    Q_OBJECT

public:
    BatchDispatch(Desk &desk, QWidget *page);

    /// Plans and asks. Does nothing while another batch is planned.
    void start(const QStringList &opportunities);

Q_SIGNALS:
    /// Everything is on its way; the answers come later.
    void sent();

private:
    struct Plan
    {
        RecordId opportunity;
        RecordId area;
        RecordId staff;
        int claimEpoch = 0;
    };
    struct Given
    {
        qint64 localNo = 0;
        Plan plan;
    };
    // What became of the commands of one batch.
    struct Tally
    {
        int open = 0;
        std::vector<Given> given;
        std::map<QString, int> refused; // by the words of the refusal
    };
    void planSome();
    void planFor(const RecordId &id);
    void ask();
    void send(const std::vector<Plan> &plans);
    void report(const Tally &tally);
    void takeBack(const std::vector<Given> &given);
    void count(Tally &tally, const Given &given, const Result<RunOutcome> &outcome);

    Desk &m_desk;
    QWidget *m_page;
    QTimer m_next;
    QStringList m_left; // to be planned
    std::vector<Plan> m_plans;
    std::map<RecordId, int> m_promised; // load by the plans so far, by person
    int m_without = 0; // for whom nobody is suggested
};

} // namespace keydesk
