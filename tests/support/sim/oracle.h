#pragma once

#include "support/sim/sim_client.h"
#include "support/sim/sim_server.h"

namespace keydesk::sim {

// Judges a history from outside: recomputes scope from the policy and the records of a cut, never
// from grants, log or buckets of the code under test (reliability.md 3.1). Each function answers an
// empty text, or what is wrong.
class Oracle
{
public:
    explicit Oracle(const Catalog &catalog)
        : m_catalog(catalog)
    {
    }

    /// After a checkpoint: the replica with its pending commands taken away equals the server's
    /// records at the checkpoint's cut, cut to the person's scope and masked by it (G5, G8, G9).
    QString checkReplica(SimClient &client, const SimServer &server) const;
    /// When all is settled: whatever concerned the person has reached him.
    QString checkNews(SimClient &client, const SimServer &server) const;
    /// Every record that the person may hold at the cut, with the profile he may hold it under.
    using See = std::function<void(const EntityInfo &entity, const Row &row, Profile profile)>;
    void showAll(const Cut &cut, const QString &user, const See &see) const;
    /// Whether the policy keeps the value of this field from who holds its row under the profile.
    static bool isMasked(const FieldInfo &field, Profile profile)
    {
        return profile == Profile::Masked
            && (field.has(FieldFlag::Confidential) || field.has(FieldFlag::Personal));
    }
    /// After a commit of the server, of what it changed: custody state, owner, queue and assignee
    /// of each opportunity agree with each other and with the path of its transfers (G11); with
    /// `whole`, that is where no reaction was made to fail, so do number, clocks, tasks, decisions,
    /// notices and the directory.
    QString checkMaster(const Cut &before, const Cut &after, bool whole) const;
    /// At the end: each applied command has exactly one effect, no opportunity two owners (G2,
    /// G11).
    QString checkEffects(const std::vector<std::unique_ptr<SimClient>> &clients,
                         SimServer &server) const;

    /// No command that waits here or was refused speaks of a record which a command was to make
    /// that has been sent again since as another one: that record never exists. What is on the wire
    /// is left out: it follows when it is answered.
    QString checkReferences(SimClient &client, SimServer &server) const;
    /// What was applied stays in the queue, and so on the screen, until its effect has come (G6).
    QString checkOwnWrites(SimClient &client) const;

private:
    using Clients = std::vector<std::unique_ptr<SimClient>>;
    class Table;
    // A person at a cut: what he may hold.
    struct Viewer
    {
        QString user;
        const Row *staff = nullptr; // null: nobody in service
        std::map<QString, Profile> accounts; // what he has to do with
    };
    Viewer viewer(const Cut &cut, const QString &user) const;
    void addOpportunity(const Cut &cut, const Row &row, Viewer &viewer, bool leads) const;
    /// Profile under which the person may hold the record at the cut; None if not at all.
    Profile profileOf(const Viewer &viewer, const QString &table, const Row &row) const;
    Profile profileByName(const QString &table, const Row &row, const QString &user) const;
    Profile profileByPlace(const Viewer &viewer, const QString &table, const Row &row) const;

    using Base = std::map<std::pair<QString, QString>, std::optional<Row>>;
    Base baseOf(ReplicaFile &file) const;
    QString checkPicture(ReplicaFile &file, const QString &user, const Cut &cut) const;
    QString checkRow(const Cut &cut, const Viewer &who, ReplicaFile &file,
                     const std::pair<QString, QString> &key, const Row &row) const;
    QString checkHands(const Row &row, bool whole) const;
    QString checkMoves(const Cut &cut, const Row &row, bool whole) const;
    QString checkDecisions(const Cut &cut, const QString &id, const QString &holder,
                           const std::vector<std::shared_ptr<const Row>> &path, bool whole) const;
    QString checkTasks(const Cut &cut, const Row &row) const;
    QString checkNotices(const Cut &before, const Cut &after) const;
    QString checkDirectory(const Cut &cut) const;
    QString checkTallies(const Cut &cut) const;
    QString checkLine(const Cut &cut, const Row &card, const Row &contact,
                      const Row &account) const;
    QStringList serving(const Cut &cut, const QString &account, QLatin1StringView role) const;
    QString checkPromises(SimClient &client, const std::map<QString, bool> &answered,
                          const Clients &clients) const;
    QString checkAnswers(SimServer &server) const;
    QString checkWords(ReplicaFile &file) const;
    QString checkNumbers(SimServer &server) const;
    QString checkDangling(SimServer &server) const;
    qint64 number(const QString &table, const Row &row, const char *column) const;
    QString text(const QString &table, const Row &row, const char *column) const;
    const Row *find(const Cut &cut, const char *table, const QString &id) const;

    const Catalog &m_catalog;
};

} // namespace keydesk::sim
