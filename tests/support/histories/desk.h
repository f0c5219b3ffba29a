#pragma once

#include "support/batch_process.h"
#include "support/histories/recorder.h"
#include "support/histories/workload.h"

#include <QElapsedTimer>

#include <deque>
#include <map>

namespace keydesk::blackbox {

// One person at one real desktop who works by a seed: a few commands, then the server's answers,
// then a look at all that the replica holds, over and over. Tells the recorder what it learns; what
// it is not told stays open. Outlives the death of its desktop.
class Desk : public QObject
{
public:
    Desk(int process, const QString &program, BatchProcess::Seat seat, quint32 seed);

    void start() { m_desktop.start(); }
    /// Waits for the first replica; false when none came.
    bool open();
    /// For one who does not work yet: gives these commands and waits for the answers.
    bool perform(const std::vector<Wish> &wishes);
    /// The replica as it stands, read only; none when it cannot be opened.
    std::unique_ptr<Database> replica() const;

    /// From now on it works, and what it does is recorded.
    void work(Workload &workload, Recorder &recorder);
    /// Nothing new is begun; isIdle() once what was asked is answered.
    void rest() { m_resting = true; }
    bool isIdle() const { return m_asked.empty() && !m_pausing; }
    /// Whether it has done all that one history takes.
    bool isDone() const;
    /// How often it was answered by the server while it worked.
    int looks() const { return m_looks; }
    /// kill -9 in the midst of whatever it does, and a new start.
    void restart();
    /// After rest(): the verdicts of all that is still on its way, and a last look. False when the
    /// server did not answer.
    bool settle();

    QString person() const { return m_person; }
    BatchProcess &desktop() { return m_desktop; }

private:
    enum class Asked { Command, Sync, Other };
    struct Question
    {
        Asked what = Asked::Other;
        std::size_t place = 0;
    };

    void ask(const QJsonObject &request, Question question);
    void listen();
    void readAnswers();
    void take(const Question &question, const QJsonObject &answer);
    void takeVerdicts(const QJsonObject &synced);
    void step();
    void pause();
    void look();

    const int m_process;
    BatchProcess m_desktop;
    QRandomGenerator m_random;
    QString m_person;
    Workload *m_workload = nullptr;
    Recorder *m_recorder = nullptr;
    std::deque<Question> m_asked;
    std::map<qint64, std::size_t> m_unsettled; // local number -> place in the history
    Checkpoint m_last;
    int m_looks = 0;
    int m_steps = 0;
    bool m_resting = true;
    bool m_pausing = false;
};

} // namespace keydesk::blackbox
