#pragma once

#include "store/database.h"
#include "support/histories/history.h"

#include <QJsonObject>
#include <QRandomGenerator>

#include <memory>

namespace keydesk::blackbox {

// One command to be given to a desktop, and what the checkers are told of it.
struct Wish
{
    Operation operation;
    QString command;
    QJsonObject arguments;
};

// What the people of a history work on: which commands they give, what is read of a replica and of
// the master, and what must hold of it all. Knows the product's commands and tables, and nothing of
// processes or faults.
class Workload
{
public:
    virtual ~Workload() = default;

    /// Staff numbers, one for each device; the same person may have several.
    virtual QStringList seats() const = 0;
    /// Looks for its records in the replica of device 0 and of the last one; fills in what held
    /// before. False when the demo office has nothing fit.
    virtual bool choose(Database &first, Database &last, History &history) = 0;
    /// What device 0 and the last one have to do before the work begins; asked again, with new
    /// replicas, until nothing is left.
    virtual std::vector<std::pair<int, Wish>> preparations(Database &first, Database &last) = 0;
    /// The next commands at this device, by its person, of what it showed last.
    virtual std::vector<Wish> wishes(const QString &person, const Checkpoint &last,
                                     QRandomGenerator &random) = 0;
    /// Fills `base` and `shown`; inside the caller's transaction.
    virtual void read(Database &replica, Checkpoint &checkpoint) const = 0;
    virtual std::vector<Element> master(Database &master) const = 0;
    virtual Anomalies check(const History &history) const = 0;
    /// Whom a refusal with this text names as the owner; nobody in most workloads.
    virtual QString holderIn(const QString &message) const;
    /// Words that must not be in the files of this device when all is over.
    virtual QStringList forbidden(const History &history, int process) const;

protected:
    /// Text that is unique in the history and starts with "tag-".
    QString freshTag(int process);
    /// Appends (key, value) rows to the lists of their keys.
    static void readRows(Database &replica, const QByteArray &sql,
                         std::map<QString, QStringList> &lists);
    /// (key, value, before, version) rows.
    static std::vector<Element> elementsFrom(Database &master, const QByteArray &sql);
    static QString oneText(Database &database, const QByteArray &sql);
    static QStringList texts(Database &database, const QByteArray &sql);
    /// 'a','b' for IN (); ids and staff numbers only.
    static QByteArray quoted(const QStringList &ids);

private:
    int m_tags = 0;
};

std::unique_ptr<Workload> makeClaims();
std::unique_ptr<Workload> makeAppends();
std::unique_ptr<Workload> makeScopes();
std::unique_ptr<Workload> makeEdits();

} // namespace keydesk::blackbox
