#pragma once

#include "store/database.h"
#include "support/histories/history.h"

#include <QRandomGenerator>

#include <deque>
#include <functional>

namespace keydesk::blackbox {

enum class Work { Claims, Appends, Scopes, Edits };

// What a store may get wrong; each is a mistake that real ones have made.
enum class Flaw {
    None,
    ClaimReadThenWrite, // looks and takes in two transactions
    HalfVisible, // one command, two transactions
    LostUpdate, // compares and writes in two transactions
    StaleRead, // shows what was there a while ago under today's position
    CursorFalls, // a device goes back to an older position
    ScopeNotPurged, // what was taken away stays in the replica
    RefusalLeavesTrace, // a refused command is not rolled back
    AnswerBeforeCommit, // says applied, then forgets it
    Repeats, // takes a command that is sent again for a new one
};

namespace plain {
constexpr int devices = 3;
constexpr int records = 2;
inline QString recordName(int number)
{
    return QStringLiteral("r%1").arg(number);
}
} // namespace plain

// The smallest store that could answer the four workloads: plain SQLite in memory and a few devices
// whose steps are shuffled by a seed. Its histories show that the checkers accept what is right and
// name what is wrong. Knows nothing of the product.
class PlainOffice
{
public:
    PlainOffice(Work work, Flaw flaw, quint32 seed);

    /// Runs so many commands and reads; the history with all that the store holds in the end.
    History run(int actions);

private:
    struct Device
    {
        int process = 0;
        QString person;
        std::deque<std::function<void()>> steps;
        std::map<QString, QStringList> replica; // as of its last read
        std::size_t command = 0; // the one under way
    };

    void begin(Device &device);
    void beginRead(Device &device);
    void beginClaim(Device &device);
    void beginAppend(Device &device);
    void beginEdit(Device &device);
    void beginScope(Device &device);
    void beginNote(Device &device, const QString &account, const QString &tag);

    void invoke(Device &device, Operation operation);
    void end(Device &device, Outcome outcome, const QString &holder = {});
    /// The steps of one command: in one transaction, or each for itself.
    void addSteps(Device &device, std::vector<std::function<void()>> parts, bool apart);
    Checkpoint look(const Device &device);
    qint64 tick() { return ++m_time; }

    QString valueOf(const QString &key);
    void write(const QString &key, const QString &value);
    std::map<QString, QStringList> contentAt(qint64 position);
    void keepScope(const Device &device, qint64 position, std::map<QString, QStringList> &content);
    std::vector<Element> elements();

    const Work m_work;
    const Flaw m_flaw;
    QRandomGenerator m_random;
    std::unique_ptr<Database> m_store;
    std::vector<Device> m_devices;
    History m_history;
    qint64 m_time = 0;
    qint64 m_seq = 0;
    int m_tags = 0;
    bool m_forgets = false; // the command under way is answered and not written
};

} // namespace keydesk::blackbox
