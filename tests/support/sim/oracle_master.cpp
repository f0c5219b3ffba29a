#include "support/sim/oracle.h"

#include <QMessageAuthenticationCode>

#include <algorithm>

// What must hold in the master data after each commit: the custody of opportunities in the words of
// domain.md 4.3, and the rows that follow from it. Knows nothing of the code that keeps it so.

namespace keydesk::sim {

using namespace Qt::StringLiterals;

namespace {

struct KnownMove
{
    const char *kind;
    const char *from;
    const char *to;
};

constexpr KnownMove knownMoves[] = {
    {"dispatch", "dispatching", "dispatched"},
    {"dispatch", "returned", "dispatched"},
    {"dispatch", "expired", "dispatched"},
    {"queue", "dispatching", "dispatched"},
    {"queue", "returned", "dispatched"},
    {"queue", "expired", "dispatched"},
    {"queue", "captured", "dispatching"},
    {"queue", "identified", "dispatching"},
    {"claim", "dispatched", "claimed"},
    {"claim", "identified", "claimed"},
    {"undo_claim", "claimed", "dispatched"},
    {"return", "dispatched", "returned"},
    {"return", "claimed", "returned"},
    {"expire", "dispatched", "expired"},
    {"expire", "needs_info", "dispatching"},
    {"ask_info", "dispatching", "needs_info"},
    {"ask_info", "returned", "needs_info"},
    {"ask_info", "expired", "needs_info"},
    {"answer_info", "needs_info", "dispatching"},
    {"close", "identified", "closed"},
    {"close", "claimed", "closed"},
};

bool isKnown(const QString &kind, const QString &from, const QString &to)
{
    if (kind == u"discard")
        return to == u"invalid" && from != u"closed" && from != u"invalid" && from != u"merged";
    return std::any_of(std::begin(knownMoves), std::end(knownMoves), [&](const KnownMove &move) {
        return kind == QLatin1StringView(move.kind) && from == QLatin1StringView(move.from)
            && to == QLatin1StringView(move.to);
    });
}

bool waits(const QString &state)
{
    return state == u"dispatching" || state == u"returned" || state == u"expired";
}

bool isOver(const QString &state)
{
    return state == u"closed" || state == u"invalid" || state == u"merged";
}

} // namespace

// Rows of one table in a cut, read by column.
class Oracle::Table
{
public:
    Table(const Oracle &oracle, const Cut &cut, const char *name)
        : m_oracle(oracle)
        , m_name(QString::fromLatin1(name))
        , m_begin(cut.rows.lower_bound({m_name, QString()}))
        , m_end(cut.rows.end())
    {
    }
    /// Calls `visit(id, row)` for each.
    template <class F>
    void forEach(F visit) const
    {
        for (auto row = m_begin; row != m_end && row->first.first == m_name; ++row)
            visit(row->first.second, row->second);
    }
    QString text(const Row &row, const char *column) const
    {
        return m_oracle.text(m_name, row, column);
    }
    qint64 number(const Row &row, const char *column) const
    {
        return m_oracle.number(m_name, row, column);
    }
    using Found = std::vector<std::shared_ptr<const Row>>;
    Found where(const char *column, const QString &value) const
    {
        Found found;
        forEach([&](const QString &, const std::shared_ptr<const Row> &row) {
            if (text(*row, column) == value)
                found.push_back(row);
        });
        return found;
    }

private:
    const Oracle &m_oracle;
    const QString m_name;
    const decltype(Cut::rows)::const_iterator m_begin;
    const decltype(Cut::rows)::const_iterator m_end;
};

QString Oracle::checkMaster(const Cut &before, const Cut &after, bool whole) const
{
    std::vector<QString> changed;
    Table(*this, after, "opportunity")
        .forEach([&](const QString &id, const std::shared_ptr<const Row> &row) {
            const auto was = before.rows.find({u"opportunity"_s, id});
            if (was == before.rows.end() || was->second != row)
                changed.push_back(id);
        });
    for (const QString &id : changed) {
        const Row &row = *after.rows.at({u"opportunity"_s, id});
        QString wrong = checkHands(row, whole);
        if (wrong.isEmpty())
            wrong = checkMoves(after, row, whole);
        if (wrong.isEmpty() && whole)
            wrong = checkTasks(after, row);
        if (!wrong.isEmpty())
            return u"G11: opportunity %1 (%2): %3"_s.arg(id,
                                                         text(u"opportunity"_s, row,
                                                              "custody_state"),
                                                         wrong);
    }
    QString wrong = whole ? checkNotices(before, after) : QString();
    if (wrong.isEmpty() && whole)
        wrong = checkDirectory(after);
    if (wrong.isEmpty() && whole)
        wrong = checkTallies(after);
    return wrong;
}

// Who has it in hand agrees with its state, and its clocks run.
QString Oracle::checkHands(const Row &row, bool whole) const
{
    const auto has = [&](const char *column) {
        return !text(u"opportunity"_s, row, column).isEmpty();
    };
    const auto at = [&](const char *column) { return number(u"opportunity"_s, row, column); };
    const QString state = text(u"opportunity"_s, row, "custody_state");
    const QString owner = text(u"opportunity"_s, row, "owner_id");
    const QString assignee = text(u"opportunity"_s, row, "assignee_id");
    const bool queued = has("queue_id");
    if (state == u"identified")
        return u"passed the gate and nobody sent it anywhere"_s;
    if (state == u"claimed" || (state == u"closed" && !owner.isEmpty())) {
        if (owner.isEmpty() || assignee != owner || queued || at("claimed_at") == 0)
            return u"owner \"%1\", assignee \"%2\", queued %3"_s.arg(owner, assignee).arg(queued);
    } else if (!owner.isEmpty()) {
        return u"has the owner %1"_s.arg(owner);
    } else if (state == u"dispatched" ? assignee.isEmpty() != queued : !assignee.isEmpty()) {
        return u"assignee \"%1\", queued %2"_s.arg(assignee).arg(queued);
    } else if (queued != (state == u"dispatched" || waits(state) || state == u"needs_info")
               && state != u"dispatched") {
        return u"queued %1"_s.arg(queued);
    }
    if (state == u"needs_info" && at("claim_remind_level") > 1)
        return u"its question will remind nobody"_s;
    if (!whole)
        return {};
    if (!has("no"))
        return u"bears no number"_s;
    const bool runs = state == u"dispatched" || waits(state)
        ? at("claim_due_at") > 0
        : state != u"needs_info" || at("info_due_at") > 0;
    if (!runs)
        return u"no clock runs"_s;
    if (state == u"claimed" && at("first_contact_at") == 0 && at("first_contact_due_at") == 0)
        return u"the clock of the first contact does not run"_s;
    if (state == u"dispatching" && text(u"opportunity"_s, row, "custody_reason") == u"none"
        && at("transfer_count") == 0 && at("claim_epoch") == 0)
        return u"was never routed"_s;
    return {};
}

// Its transfers are one path of the custody machine that ends where it is, from owner to owner by
// way of the others only.
QString Oracle::checkMoves(const Cut &cut, const Row &row, bool whole) const
{
    const QString id = row[common_column::Id].text();
    const Table transfers(*this, cut, "transfer");
    auto path = transfers.where("opportunity_id", id);
    std::sort(path.begin(), path.end(), [&](const auto &one, const auto &other) {
        return transfers.number(*one, "seq") < transfers.number(*other, "seq");
    });
    const QString state = text(u"opportunity"_s, row, "custody_state");
    const QString owner = text(u"opportunity"_s, row, "owner_id");
    const QString holder = owner.isEmpty() ? text(u"opportunity"_s, row, "assignee_id") : owner;
    qint64 given = 0;
    const Row *last = nullptr;
    const Row *claim = nullptr;
    for (const auto &step : path) {
        const auto of = [&](const char *column) { return transfers.text(*step, column); };
        const auto lastOf = [&](const char *column) {
            return last ? transfers.text(*last, column) : QString();
        };
        const QString name = u"move %1 (%2)"_s.arg(transfers.number(*step, "seq")).arg(of("kind"));
        if (!isKnown(of("kind"), of("from_state"), of("to_state")))
            return u"%1 leads from %2 to %3"_s.arg(name, of("from_state"), of("to_state"));
        if (last && lastOf("to_state") != of("from_state"))
            return u"%1 takes it from %2, it was %3"_s.arg(name, of("from_state"),
                                                           lastOf("to_state"));
        if (last && lastOf("to_staff_id") != of("from_staff_id"))
            return u"%1 takes it from \"%2\", \"%3\" had it"_s.arg(name, of("from_staff_id"),
                                                                   lastOf("to_staff_id"));
        if (of("kind") == u"claim")
            claim = step.get();
        if (of("kind") == u"undo_claim"
            && (!claim || transfers.text(*claim, "from_staff_id") != of("to_staff_id")
                || transfers.text(*claim, "from_queue_id") != of("to_queue_id")))
            return u"%1 does not lead back to where it was claimed"_s.arg(name);
        if (of("owner_id") != holder)
            return u"%1 is held by \"%2\", it by \"%3\""_s.arg(name, of("owner_id"), holder);
        given += of("to_state") == u"dispatched" && of("kind") != u"undo_claim" ? 1 : 0;
        last = step.get();
    }
    const auto count = qint64(path.size());
    if (last && transfers.number(*last, "seq") != count)
        return u"%1 moves, the last is number %2"_s.arg(count).arg(transfers.number(*last, "seq"));
    if (number(u"opportunity"_s, row, "claim_epoch") != count)
        return u"%1 moves, epoch %2"_s.arg(count).arg(number(u"opportunity"_s, row, "claim_epoch"));
    if (number(u"opportunity"_s, row, "transfer_count") != given)
        return u"given %1 times, it counts %2"_s.arg(given).arg(
            number(u"opportunity"_s, row, "transfer_count"));
    if (last && transfers.text(*last, "to_state") != state)
        return u"the last move led to "_s + transfers.text(*last, "to_state");
    const bool inHand = state == u"dispatched" || state == u"claimed";
    if (last && inHand && transfers.text(*last, "to_staff_id") != holder)
        return u"held by \"%1\", given to \"%2\""_s.arg(holder,
                                                        transfers.text(*last, "to_staff_id"));
    return checkDecisions(cut, id, holder, path, whole);
}

// Each sending out was explained once; what was explained or noted lies with whoever holds it.
QString Oracle::checkDecisions(const Cut &cut, const QString &id, const QString &holder,
                               const std::vector<std::shared_ptr<const Row>> &path,
                               bool whole) const
{
    const Table decisions(*this, cut, "routing_decision");
    const auto made = decisions.where("opportunity_id", id);
    for (const auto &row : made) {
        if (decisions.text(*row, "owner_id") != holder)
            return u"a decision is held by \"%1\""_s.arg(decisions.text(*row, "owner_id"));
    }
    const Table notes(*this, cut, "note");
    for (const auto &row : notes.where("subject_id", id)) {
        if (notes.text(*row, "owner_id") != holder)
            return u"a note is held by \"%1\""_s.arg(notes.text(*row, "owner_id"));
    }
    for (const auto &step : path) {
        const QString kind = text(u"transfer"_s, *step, "kind");
        if (!whole || text(u"transfer"_s, *step, "to_state") != u"dispatched"
            || (kind != u"dispatch" && kind != u"queue"))
            continue;
        const QString move = (*step)[common_column::Id].text();
        const auto why = std::count_if(made.begin(), made.end(), [&](const auto &row) {
            return decisions.text(*row, "transfer_id") == move
                && decisions.text(*row, "chosen_staff_id")
                == text(u"transfer"_s, *step, "to_staff_id");
        });
        if (why != 1)
            return u"%1 decisions explain move %2"_s.arg(why).arg(
                number(u"transfer"_s, *step, "seq"));
    }
    return {};
}

// The owner has the first contact to make, whoever captured it the question to answer; nobody else.
QString Oracle::checkTasks(const Cut &cut, const Row &row) const
{
    const QString state = text(u"opportunity"_s, row, "custody_state");
    const bool contact = state == u"claimed"
        && number(u"opportunity"_s, row, "first_contact_at") == 0;
    std::map<QString, int> open;
    const Table tasks(*this, cut, "task");
    for (const auto &task : tasks.where("subject_id", row[common_column::Id].text())) {
        if (tasks.text(*task, "state") != u"open")
            continue;
        const QString kind = tasks.text(*task, "kind");
        ++open[kind];
        const QString whose = kind == u"first_contact" ? text(u"opportunity"_s, row, "owner_id")
                                                       : text(u"opportunity"_s, row, "captured_by");
        if (kind != u"hall_follow_up" && tasks.text(*task, "assignee_id") != whose)
            return u"the task %1 is for \"%2\""_s.arg(kind, tasks.text(*task, "assignee_id"));
    }
    if (open[u"first_contact"_s] != (contact ? 1 : 0))
        return u"%1 tasks for the first contact"_s.arg(open[u"first_contact"_s]);
    if (open[u"supply_info"_s] != (state == u"needs_info" ? 1 : 0))
        return u"%1 tasks to answer the question"_s.arg(open[u"supply_info"_s]);
    return {};
}

// Whom a move concerns has been told, unless he did it himself.
QString Oracle::checkNotices(const Cut &before, const Cut &after) const
{
    QString wrong;
    const Table transfers(*this, after, "transfer");
    const Table notices(*this, after, "notification");
    transfers.forEach([&](const QString &id, const std::shared_ptr<const Row> &row) {
        if (!wrong.isEmpty() || before.rows.contains({u"transfer"_s, id}))
            return;
        const auto of = [&](const char *column) { return transfers.text(*row, column); };
        const QString kind = of("kind");
        QStringList told;
        if (kind != u"queue" && kind != u"answer_info")
            told.append(of("captured_by"));
        if (kind == u"dispatch")
            told.append(of("to_staff_id"));
        if (kind == u"expire")
            told.append(of("from_staff_id"));
        for (const QString &person : std::as_const(told)) {
            // He caught it or moved it: then he may have done so in this very command.
            const bool self = person == of("created_by")
                || (person == of("captured_by") && of("kind") == u"dispatch");
            if (person.isEmpty() || self)
                continue;
            const auto about = notices.where("subject_id", of("opportunity_id"));
            const bool knows = std::any_of(about.begin(), about.end(), [&](const auto &notice) {
                return notices.text(*notice, "staff_id") == person
                    && notices.number(*notice, "at") == transfers.number(*row, "at");
            });
            if (!knows)
                wrong = u"nobody told %1 of the %2 of %3"_s.arg(person, kind, of("opportunity_id"));
        }
    });
    return wrong;
}

// The directory has one line for each number of each customer's people, and no other.
QString Oracle::checkDirectory(const Cut &cut) const
{
    const Table cards(*this, cut, "caller_card");
    const Table contacts(*this, cut, "contact");
    std::map<QString, const Row *> lines;
    QString wrong;
    cards.forEach([&](const QString &id, const std::shared_ptr<const Row> &card) {
        if (!lines.emplace(cards.text(*card, "contact_id"), card.get()).second)
            wrong = u"a second line for one contact: "_s + id;
    });
    contacts.forEach([&](const QString &id, const std::shared_ptr<const Row> &contact) {
        const QString phone = contacts.text(*contact, "phone");
        const QString of = contacts.text(*contact, "account_id");
        const Row *account = find(cut, "account", of);
        if (!wrong.isEmpty() || phone.isEmpty() || !account)
            return;
        const auto line = lines.find(id);
        if (line == lines.end()) {
            wrong = u"no line for the contact "_s + id;
            return;
        }
        wrong = checkLine(cut, *line->second, *contact, *account);
        lines.erase(line);
    });
    if (wrong.isEmpty() && !lines.empty())
        wrong = u"a line for nobody: "_s + (*lines.begin()->second)[common_column::Id].text();
    return wrong.isEmpty() ? wrong : u"directory: "_s + wrong;
}

// What is open with a customer is counted in one line, in the area where he is.
QString Oracle::checkTallies(const Cut &cut) const
{
    const Table tallies(*this, cut, "account_tally");
    const Table accounts(*this, cut, "account");
    const Table opportunities(*this, cut, "opportunity");
    const Table tasks(*this, cut, "task");
    QString wrong;
    std::map<QString, const Row *> lines;
    tallies.forEach([&](const QString &id, const std::shared_ptr<const Row> &tally) {
        if (!lines.emplace(tallies.text(*tally, "account_id"), tally.get()).second)
            wrong = u"a second tally: "_s + id;
    });
    accounts.forEach([&](const QString &id, const std::shared_ptr<const Row> &account) {
        const auto mine = opportunities.where("account_id", id);
        const auto due = tasks.where("account_id", id);
        const auto openOnes = std::count_if(mine.begin(), mine.end(), [&](const auto &row) {
            return !isOver(opportunities.text(*row, "custody_state"));
        });
        const auto openTasks = std::count_if(due.begin(), due.end(), [&](const auto &row) {
            return tasks.text(*row, "state") == u"open";
        });
        const auto line = lines.find(id);
        const Row *tally = line == lines.end() ? nullptr : line->second;
        lines.erase(id);
        const qint64 countedOnes = tally ? number(u"account_tally"_s, *tally, "open_opportunities")
                                         : 0;
        const qint64 countedTasks = tally ? number(u"account_tally"_s, *tally, "open_tasks") : 0;
        if (countedOnes != openOnes || countedTasks != openTasks)
            wrong = u"of %1: %2 opportunities and %3 tasks, should be %4 and %5"_s.arg(id)
                        .arg(countedOnes)
                        .arg(countedTasks)
                        .arg(openOnes)
                        .arg(openTasks);
        else if (tally
                 && text(u"account_tally"_s, *tally, "area_id")
                     != text(u"account"_s, *account, "area_id"))
            wrong = u"of %1 in another area"_s.arg(id);
    });
    if (wrong.isEmpty() && !lines.empty())
        wrong = u"for nobody: "_s + lines.begin()->first;
    return wrong.isEmpty() ? wrong : u"tally "_s + wrong;
}

QString Oracle::checkLine(const Cut &cut, const Row &card, const Row &contact,
                          const Row &account) const
{
    const QString id = account[common_column::Id].text();
    const QString area = text(u"account"_s, account, "area_id");
    const QString phone = text(u"contact"_s, contact, "phone");
    const QByteArray key = QMessageAuthenticationCode::hash("+86" + phone.toUtf8(), area.toUtf8(),
                                                            QCryptographicHash::Sha256);
    const std::pair<const char *, QString> texts[] = {
        {"account_id", id},
        {"area_id", area},
        {"account_name", text(u"account"_s, account, "name")},
        {"value_class", text(u"account"_s, account, "value_class")},
        {"contact_initial", text(u"contact"_s, contact, "name").left(1)},
        {"masked_number", phone.left(3) + u"****"_s + phone.right(4)},
        {"number_key", QString::fromLatin1(key.left(16).toHex())},
    };
    for (const auto &[column, value] : texts) {
        if (text(u"caller_card"_s, card, column) != value)
            return u"%1 is \"%2\", should be \"%3\""_s.arg(QLatin1StringView(column),
                                                           text(u"caller_card"_s, card, column),
                                                           value);
    }
    for (const auto &[column, role] :
         {std::pair{"am_name", "main_am"}, {"deputy_name", "deputy"}}) {
        const QStringList people = serving(cut, id, QLatin1StringView(role));
        const QString named = text(u"caller_card"_s, card, column);
        if (people.isEmpty() ? !named.isEmpty() : !people.contains(named))
            return u"%1 of %2 is \"%3\", may be \"%4\""_s.arg(QLatin1StringView(column), id, named,
                                                              people.join(u'/'));
    }
    return {};
}

// Names of those who look after a customer in a role on the day of the cut.
QStringList Oracle::serving(const Cut &cut, const QString &account, QLatin1StringView role) const
{
    const QString today = businessDate(cut.at).toString(Qt::ISODate);
    QStringList names;
    const Table assignments(*this, cut, "assignment");
    for (const auto &row : assignments.where("account_id", account)) {
        const QString from = assignments.text(*row, "valid_from");
        const QString until = assignments.text(*row, "valid_until");
        const Row *person = find(cut, "staff", assignments.text(*row, "staff_id"));
        const bool current = (from.isEmpty() || from <= today)
            && (until.isEmpty() || until >= today);
        if (person && current && assignments.text(*row, "role") == role)
            names.append(text(u"staff"_s, *person, "name"));
    }
    return names;
}

// Human numbers are never given twice and leave no hole, whatever died on the way.
QString Oracle::checkNumbers(SimServer &server) const
{
    std::map<QString, std::set<int>> series;
    Query numbers = server.database().query(
        "SELECT no FROM opportunity WHERE no IS NOT NULL AND no<>''");
    while (numbers.next()) {
        const QString number = numbers.text(0);
        const qsizetype dash = number.lastIndexOf(u'-');
        if (!series[number.left(dash)].insert(number.mid(dash + 1).toInt()).second)
            return u"the number %1 was given twice"_s.arg(number);
    }
    for (const auto &[name, given] : series) {
        if (server.wasRestored()) // skips what may have been given since the backup
            continue;
        if (*given.begin() != 1 || *given.rbegin() != int(given.size()))
            return u"%1 numbers of %2, the last is %3"_s.arg(given.size())
                .arg(name)
                .arg(*given.rbegin());
    }
    return {};
}

} // namespace keydesk::sim
