#pragma once

#include "query/replica_reader.h"

namespace keydesk {

// One record found by what somebody typed.
struct SearchHit
{
    QString entity;
    QString id;
    QString title;
    QString detail; // what tells two records of one name apart
    int rank = 0; // 0 is best: the title itself, its beginning, its initials, anything else

    bool operator==(const SearchHit &) const = default;
};

/// Records of the replica by Chinese, pinyin, initials (gsyh), number or telephone digits, best
/// first, at most `limit` of each entity and only of those in `entities` (all if empty). A customer
/// of whom only the area's directory tells is found as a caller card. A pure reading; any thread
/// that owns `database`.
std::vector<SearchHit> searchRecords(Database &database, const Catalog &catalog,
                                     const QString &text, int limit,
                                     const QStringList &entities = {});

// Who a telephone number is.
struct CallerMatch
{
    QString entity; // contact, account or caller_card
    QString id;
    QString accountId;
    QString title; // the person or the organisation
    QString accountName;
    bool detailsOnlineOnly = false; // a caller card: ask the server for more

    bool operator==(const CallerMatch &) const = default;
};

/// The records that hold this number: contacts first, then accounts; if there are none, the lines
/// of the area's directory, named by the first character and to be opened online. None found does
/// not mean unknown: a masked replica cannot match it, the server can be asked.
std::vector<CallerMatch> findCaller(Database &database, const QString &number);

// The same for the GUI: runs on the reading thread and answers the newest question only.
class RecordSearch final : public QObject
{
    Q_OBJECT

public:
    explicit RecordSearch(ReplicaReader &reader, QObject *parent = nullptr);

    void find(const QString &text, int limit = 8, const QStringList &entities = {});
    void cancel() { ++m_asked; }
    /// Who calls; found in a few milliseconds, so that the banner can be filled while it rings.
    std::vector<CallerMatch> caller(const QString &number) const;

Q_SIGNALS:
    void found(const QString &text, const std::vector<keydesk::SearchHit> &hits);

private:
    ReplicaReader &m_reader;
    quint64 m_asked = 0;
};

} // namespace keydesk
