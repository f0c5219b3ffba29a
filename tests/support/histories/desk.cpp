#include "support/histories/desk.h"

#include <QDirIterator>

namespace keydesk::blackbox {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostSteps = 120; // of one desk in one history: the checkers look at all pairs
constexpr std::size_t mostUnsettled = 6; // while the server is away
constexpr int answerWithin = 700; // ms; then the verdicts are left for later
constexpr int longestPause = 25; // ms

QString fileBeside(const QString &folder, const QString &name)
{
    QDirIterator files(folder, {name}, QDir::Files, QDirIterator::Subdirectories);
    return files.hasNext() ? files.next() : QString();
}

std::unique_ptr<Database> openToRead(const QString &path)
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    auto opened = path.isEmpty() ? Result<std::unique_ptr<Database>>(Error("storage.failed"_reason))
                                 : Database::open(path, options);
    return opened ? std::move(*opened) : nullptr;
}

} // namespace

Desk::Desk(int process, const QString &program, BatchProcess::Seat seat, quint32 seed)
    : m_process(process)
    , m_desktop(program, std::move(seat))
    , m_random(seed)
{
    m_last.process = process;
}

bool Desk::open()
{
    const bool synced = m_desktop.sync().value(u"ok"_s).toBool();
    m_person = m_desktop.ask(uR"({"status":true})"_s).value(u"user_id"_s).toString();
    return synced && !m_person.isEmpty();
}

bool Desk::perform(const std::vector<Wish> &wishes)
{
    for (const Wish &wish : wishes) {
        if (!m_desktop.ask({{u"command"_s, wish.command}, {u"args"_s, wish.arguments}})
                 .value(u"ok"_s)
                 .toBool())
            return false;
    }
    const QJsonObject synced = m_desktop.sync();
    return synced.value(u"ok"_s).toBool() && synced.value(u"rejected"_s).toArray().isEmpty();
}

std::unique_ptr<Database> Desk::replica() const
{
    const QString outbox = fileBeside(m_desktop.seat().data, u"outbox.db"_s);
    const auto identity = openToRead(outbox);
    if (!identity)
        return nullptr;
    Query current = identity->query("SELECT value FROM identity WHERE key='current_replica'");
    if (!current.next())
        return nullptr;
    return openToRead(QFileInfo(outbox).absolutePath() + u"/replica-%1.db"_s.arg(current.text(0)));
}

void Desk::work(Workload &workload, Recorder &recorder)
{
    m_workload = &workload;
    m_recorder = &recorder;
    m_resting = false;
    listen();
    look();
    step();
}

bool Desk::isDone() const
{
    return m_steps >= mostSteps;
}

void Desk::listen()
{
    connect(&m_desktop.process(), &QProcess::readyReadStandardOutput, this, &Desk::readAnswers);
}

void Desk::ask(const QJsonObject &request, Question question)
{
    m_asked.push_back(question);
    m_desktop.send(request);
}

void Desk::step()
{
    if (m_resting || isDone())
        return;
    ++m_steps;
    const auto wishes = m_unsettled.size() < mostUnsettled
        ? m_workload->wishes(m_person, m_last, m_random)
        : std::vector<Wish>();
    for (const Wish &wish : wishes) {
        Operation operation = wish.operation;
        operation.process = m_process;
        operation.actor = m_person;
        const std::size_t place = m_recorder->invoke(std::move(operation));
        ask({{u"command"_s, wish.command}, {u"args"_s, wish.arguments}}, {Asked::Command, place});
    }
    ask({{u"sync"_s, true}, {u"timeout_ms"_s, answerWithin}}, {Asked::Sync, 0});
}

// So that the faults fall anywhere between two steps, too.
void Desk::pause()
{
    m_pausing = true;
    QTimer::singleShot(m_random.bounded(longestPause), this, [this] {
        m_pausing = false;
        step();
    });
}

void Desk::readAnswers()
{
    while (!m_asked.empty() && m_desktop.process().canReadLine()) {
        const QJsonObject answer = m_desktop.answer();
        const Question question = m_asked.front();
        m_asked.pop_front();
        take(question, answer);
    }
}

void Desk::take(const Question &question, const QJsonObject &answer)
{
    const bool ok = answer.value(u"ok"_s).toBool();
    switch (question.what) {
    case Asked::Command:
        if (ok) {
            m_recorder->accept(question.place);
            m_unsettled[answer.value(u"no"_s).toInteger()] = question.place;
        } else {
            m_recorder->refuseAtDesk(question.place,
                                     answer.value(u"error"_s)[u"reason"_s].toString());
        }
        break;
    case Asked::Sync:
        m_looks += ok ? 1 : 0;
        takeVerdicts(answer);
        look();
        if (!m_pausing)
            pause();
        break;
    case Asked::Other:
        break;
    }
}

// What was refused is named; of the rest nothing is known until the whole queue is answered.
void Desk::takeVerdicts(const QJsonObject &synced)
{
    const QJsonArray rejected = synced.value(u"rejected"_s).toArray();
    for (const auto &one : rejected) {
        const qint64 number = one[u"no"_s].toInteger();
        const QJsonValue error = one[u"error"_s];
        if (const auto waiting = m_unsettled.find(number); waiting != m_unsettled.end()) {
            const QString reason = error[u"reason"_s].toString();
            const bool owned = reason == u"opportunity.already_owned"
                || reason == u"opportunity.held";
            m_recorder->end(waiting->second, Outcome::Failed, reason,
                            owned ? m_workload->holderIn(error[u"message"_s].toString())
                                  : QString());
            m_unsettled.erase(waiting);
        }
        ask({{u"dismiss"_s, number}}, {});
    }
    if (!synced.value(u"ok"_s).toBool())
        return;
    for (const auto &[number, place] : m_unsettled)
        m_recorder->end(place, Outcome::Ok);
    m_unsettled.clear();
}

void Desk::look()
{
    const auto file = replica();
    if (!file)
        return;
    Checkpoint checkpoint;
    checkpoint.process = m_process;
    checkpoint.at = m_recorder->now();
    if (!file->execute("BEGIN"))
        return;
    Query cursor = file->query("SELECT value FROM meta WHERE key='cursor'");
    if (cursor.next()) {
        checkpoint.position = cursor.text(0).toLongLong();
        m_workload->read(*file, checkpoint);
        m_last = checkpoint;
        m_recorder->look(std::move(checkpoint));
    }
}

void Desk::restart()
{
    m_desktop.kill();
    readAnswers(); // what it said before it died
    // Of what it did not answer nobody knows whether it had it.
    m_asked.clear();
    look(); // what stands on the disk right after
    m_desktop.start();
    listen();
    if (!m_pausing)
        pause();
}

bool Desk::settle()
{
    m_desktop.process().disconnect(this);
    const QJsonObject synced = m_desktop.sync();
    takeVerdicts(synced);
    while (!m_asked.empty()) { // the dismissals
        m_desktop.answer();
        m_asked.pop_front();
    }
    look();
    return synced.value(u"ok"_s).toBool();
}

} // namespace keydesk::blackbox
