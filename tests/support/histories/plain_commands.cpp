#include "support/histories/plain_office.h"
#include "support/histories/register_checker.h"
#include "support/histories/scope_checker.h"

#include <memory>

namespace keydesk::blackbox {

using namespace Qt::StringLiterals;

void PlainOffice::invoke(Device &device, Operation operation)
{
    operation.process = device.process;
    operation.actor = device.person;
    operation.invoked = operation.accepted = tick();
    device.command = m_history.operations.size();
    m_history.operations.push_back(std::move(operation));
}

void PlainOffice::end(Device &device, Outcome outcome, const QString &holder)
{
    Operation &operation = m_history.operations[device.command];
    operation.ended = tick();
    operation.outcome = outcome;
    operation.holder = holder;
}

void PlainOffice::addSteps(Device &device, std::vector<std::function<void()>> parts, bool apart)
{
    // Something always happens between the question and the commit, and before the answer arrives.
    const auto nothing = [] {};
    device.steps.push_back(nothing);
    if (apart) {
        for (auto &part : parts) {
            device.steps.push_back(std::move(part));
            device.steps.push_back(nothing);
        }
        return;
    }
    device.steps.push_back([this, whole = std::move(parts)] {
        (void)m_store->execute("BEGIN");
        const qint64 before = m_seq;
        for (const auto &part : whole)
            part();
        (void)m_store->execute(m_forgets ? "ROLLBACK" : "COMMIT");
        m_seq = m_forgets ? before : m_seq;
        m_forgets = false;
    });
    device.steps.push_back(nothing);
}

void PlainOffice::beginClaim(Device &device)
{
    const QString key = plain::recordName(m_random.bounded(plain::records));
    const auto known = device.replica.find(key);
    const bool mine = known != device.replica.end() && known->second.contains(device.person);
    Operation operation;
    operation.act = mine ? Act::Release : Act::Claim;
    operation.keys = {key};
    invoke(device, operation);
    const auto seen = std::make_shared<QString>();
    const auto verdict = std::make_shared<std::pair<Outcome, QString>>();
    addSteps(device,
             {[this, key, seen] { *seen = valueOf(key); },
              [this, key, seen, mine, verdict, person = device.person] {
                  const bool fits = *seen == (mine ? person : custody::open());
                  *verdict = {fits ? Outcome::Ok : Outcome::Failed,
                              fits || *seen == custody::open() ? QString() : *seen};
                  if (fits)
                      write(key, mine ? custody::open() : person);
              }},
             m_flaw == Flaw::ClaimReadThenWrite);
    device.steps.push_back(
        [this, &device, verdict] { end(device, verdict->first, verdict->second); });
}

void PlainOffice::beginAppend(Device &device)
{
    Operation operation;
    operation.value = u"t%1"_s.arg(++m_tags);
    for (int i = 0; i <= plain::records; ++i) {
        if (m_random.bounded(2) == 0)
            operation.keys.append(plain::recordName(i));
    }
    if (operation.keys.isEmpty())
        operation.keys.append(plain::recordName(0));
    const bool refused = m_random.bounded(5) == 0;
    const bool twice = m_flaw == Flaw::Repeats && m_random.bounded(6) == 0;
    std::vector<std::function<void()>> parts;
    for (const QString &key : std::as_const(operation.keys)) {
        if (refused && m_flaw != Flaw::RefusalLeavesTrace)
            continue;
        parts.push_back([this, key, tag = operation.value] { write(key, tag); });
        if (twice)
            parts.push_back(parts.back());
    }
    invoke(device, operation);
    addSteps(device, std::move(parts), m_flaw == Flaw::HalfVisible);
    device.steps.push_back(
        [this, &device, refused] { end(device, refused ? Outcome::Failed : Outcome::Ok); });
}

void PlainOffice::beginEdit(Device &device)
{
    const QString key = plain::recordName(m_random.bounded(plain::records));
    const auto known = device.replica.find(key);
    Operation operation;
    operation.act = Act::Edit;
    operation.keys = {key};
    operation.value = u"v%1"_s.arg(++m_tags);
    operation.seen = known == device.replica.end() ? u"v0"_s : known->second.front();
    invoke(device, operation);
    const auto fits = std::make_shared<bool>(false);
    addSteps(device,
             {[this, key, fits, seen = operation.seen] { *fits = valueOf(key) == seen; },
              [this, key, fits, wanted = operation.value] {
                  if (*fits)
                      write(key, wanted);
              }},
             m_flaw == Flaw::LostUpdate);
    device.steps.push_back(
        [this, &device, fits] { end(device, *fits ? Outcome::Ok : Outcome::Failed); });
}

void PlainOffice::beginScope(Device &device)
{
    const QString account = plain::recordName(m_random.bounded(plain::records));
    if (device.process > 0 || m_random.bounded(2) == 0)
        return beginNote(device, account, u"t%1"_s.arg(++m_tags));
    Operation operation;
    operation.act = Act::Assign;
    operation.keys = {scope_key::owner(account)};
    operation.value = m_devices[std::size_t(m_random.bounded(1, plain::devices))].person;
    invoke(device, operation);
    addSteps(device,
             {[this, key = operation.keys.front(), to = operation.value] { write(key, to); }},
             false);
    device.steps.push_back([this, &device] { end(device, Outcome::Ok); });
}

void PlainOffice::beginNote(Device &device, const QString &account, const QString &tag)
{
    Operation operation;
    operation.keys = {scope_key::notes(account)};
    operation.value = tag;
    invoke(device, operation);
    const auto may = std::make_shared<bool>(false);
    addSteps(device, {[this, may, account, tag, person = device.person] {
                 *may = m_history.overseers.contains(person)
                     || valueOf(scope_key::owner(account)) == person;
                 if (*may)
                     write(scope_key::notes(account), tag);
             }},
             false);
    device.steps.push_back(
        [this, &device, may] { end(device, *may ? Outcome::Ok : Outcome::Failed); });
}

} // namespace keydesk::blackbox
