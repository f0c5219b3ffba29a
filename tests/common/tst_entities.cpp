#include "domain/account.h"
#include "domain/account_site.h"
#include "domain/account_tally.h"
#include "domain/area.h"
#include "domain/assignment.h"
#include "domain/caller_card.h"
#include "domain/channel.h"
#include "domain/channel_coverage.h"
#include "domain/contact.h"
#include "domain/entities.h"
#include "domain/industry.h"
#include "domain/note.h"
#include "domain/notification.h"
#include "domain/opportunity.h"
#include "domain/opportunity_item.h"
#include "domain/product_offering.h"
#include "domain/routing_decision.h"
#include "domain/routing_rule.h"
#include "domain/staff.h"
#include "domain/tag.h"
#include "domain/task.h"
#include "domain/team.h"
#include "domain/transfer.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

/// A value of the field's kind that differs from what an empty record holds.
Cell sampleCell(const FieldInfo &field, int position)
{
    switch (field.kind) {
    case Kind::Code:
        return QString::fromLatin1(field.keys.back().key);
    case Kind::CodeList:
        return QString::fromLatin1(field.keys.front().key) + u','
            + QString::fromLatin1(field.keys.back().key);
    case Kind::TextList:
        return u"甲,乙"_s;
    case Kind::Integer:
    case Kind::Money:
    case Kind::BasisPoints:
    case Kind::Instant:
        return 1000 + position;
    case Kind::Date:
        return u"2024-02-29"_s;
    case Kind::Boolean:
        return 1;
    case Kind::Id:
    case Kind::Reference:
    case Kind::Text:
    case Kind::LongText:
    case Kind::Phone:
    case Kind::Json:
        break;
    }
    return u"值%1"_s.arg(position);
}

template <class T>
Row throughRecord(const Row &row)
{
    return toRow(fromRow<T>(row));
}

struct RoundTrip
{
    const char *table;
    Row (*pass)(const Row &);
};

template <class T>
constexpr RoundTrip roundTrip()
{
    return {Schema<T>::table, throughRecord<T>};
}

constexpr RoundTrip roundTrips[] = {
    roundTrip<Account>(),
    roundTrip<AccountSite>(),
    roundTrip<AccountTally>(),
    roundTrip<Area>(),
    roundTrip<Assignment>(),
    roundTrip<CallerCard>(),
    roundTrip<Channel>(),
    roundTrip<ChannelCoverage>(),
    roundTrip<Contact>(),
    roundTrip<Industry>(),
    roundTrip<Note>(),
    roundTrip<Notification>(),
    roundTrip<Opportunity>(),
    roundTrip<OpportunityItem>(),
    roundTrip<ProductOffering>(),
    roundTrip<RoutingDecision>(),
    roundTrip<RoutingRule>(),
    roundTrip<Staff>(),
    roundTrip<Tag>(),
    roundTrip<Task>(),
    roundTrip<Team>(),
    roundTrip<Transfer>(),
};

/// The table of E has a key for its last enumerator and none beyond it.
template <class E>
bool endsWith(E last)
{
    return std::size(EnumTable<E>::keys) == std::size_t(last) + 1;
}

} // namespace

class TestEntities : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyEntityOfTheFoundationExists();
    void namesAreSnakeCaseAndUnique();
    void labelsStandInBothLanguagesAndAreUnique();
    void referencesPointToEntities();
    void enumKeysAreUniqueAndLabelled();
    void enumTablesOfCustomersHaveAKeyForEachEnumerator();
    void enumTablesOfWorkHaveAKeyForEachEnumerator();
    void flagsFitTheKind();
    void personalDataIsFlagged_data();
    void personalDataIsFlagged();
    void customersMoneyIsConfidential();
    void whatCommandsOwnIsServerOwned();
    void rowsSurviveTheRoundTrip_data();
    void rowsSurviveTheRoundTrip();
    void bucketsAreThoseOfTheSyncDesign_data();
    void bucketsAreThoseOfTheSyncDesign();
    void aQueuedOpportunityLiesWithTheQueueOnly();

private:
    const Catalog m_catalog = makeCatalog();
};

void TestEntities::everyEntityOfTheFoundationExists()
{
    QCOMPARE(m_catalog.entities().size(), std::size(roundTrips));
    for (const RoundTrip &entity : roundTrips)
        QVERIFY2(m_catalog.find(QString::fromLatin1(entity.table)), entity.table);
}

void TestEntities::namesAreSnakeCaseAndUnique()
{
    static const QRegularExpression snake(u"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"_s);
    QSet<QString> tables;
    for (const EntityInfo &entity : m_catalog.entities()) {
        QVERIFY2(snake.match(entity.name()).hasMatch(), qPrintable(entity.name()));
        QVERIFY2(!tables.contains(entity.name()), qPrintable(entity.name()));
        tables.insert(entity.name());
        QSet<QString> names;
        for (const FieldInfo &field : entity.fields()) {
            const QString where = entity.name() + u'.' + field.name;
            QVERIFY2(snake.match(field.name).hasMatch(), qPrintable(where));
            QVERIFY2(!names.contains(field.name), qPrintable(where));
            names.insert(field.name);
        }
    }
}

void TestEntities::labelsStandInBothLanguagesAndAreUnique()
{
    for (const EntityInfo &entity : m_catalog.entities()) {
        for (const auto language : {QLocale::Chinese, QLocale::English}) {
            QVERIFY(!entity.label().text(language).isEmpty());
            QSet<QString> labels;
            for (const FieldInfo &field : entity.fields()) {
                const QString where = entity.name() + u'.' + field.name;
                const QString label = field.label.text(language);
                QVERIFY2(!label.isEmpty() && label != field.name, qPrintable(where));
                QVERIFY2(!labels.contains(label), qPrintable(where + u": "_s + label));
                labels.insert(label);
            }
        }
        QVERIFY(entity.label().text(QLocale::Chinese) != entity.label().text(QLocale::English));
    }
}

void TestEntities::referencesPointToEntities()
{
    for (const EntityInfo &entity : m_catalog.entities()) {
        for (const FieldInfo &field : entity.fields()) {
            if (field.kind == Kind::Reference)
                QVERIFY2(m_catalog.find(field.target),
                         qPrintable(entity.name() + u'.' + field.name));
        }
    }
}

void TestEntities::enumKeysAreUniqueAndLabelled()
{
    for (const EntityInfo &entity : m_catalog.entities()) {
        for (const FieldInfo &field : entity.fields()) {
            QCOMPARE(field.kind == Kind::Code || field.kind == Kind::CodeList, !field.keys.empty());
            QSet<QString> seen;
            for (const EnumKey &key : field.keys) {
                for (const QString &text :
                     {QString::fromLatin1(key.key), key.label.text(QLocale::Chinese),
                      key.label.text(QLocale::English)}) {
                    const QString where = entity.name() + u'.' + field.name + u": "_s + text;
                    QVERIFY2(!text.isEmpty() && !seen.contains(text), qPrintable(where));
                    seen.insert(text);
                }
            }
        }
    }
}

void TestEntities::enumTablesOfCustomersHaveAKeyForEachEnumerator()
{
    QVERIFY(endsWith(ValueClass::D));
    QVERIFY(endsWith(MgmtTier::Two));
    QVERIFY(endsWith(ServiceLevel::C));
    QVERIFY(endsWith(AreaLevel::Group));
    QVERIFY(endsWith(ChannelKind::OperationsCentre));
    QVERIFY(endsWith(ChannelFamily::PartnerValue));
    QVERIFY(endsWith(CoverageRole::Aux));
    QVERIFY(endsWith(CoverageAudience::MicroArea));
    QVERIFY(endsWith(TeamKind::Management));
    QVERIFY(endsWith(TeamAxis::Account));
    QVERIFY(endsWith(ProductFamily::Personalised));
    QVERIFY(endsWith(Fulfilment::WorkOrder));
    QVERIFY(endsWith(ProductLifecycle::Rejected));
    QVERIFY(endsWith(DayBasis::Calendar));
    QVERIFY(endsWith(TagColour::Purple));
    QVERIFY(endsWith(AccountStatus::Lost));
    QVERIFY(endsWith(SpendBasis::OwnRevenue));
    QVERIFY(endsWith(PotentialReason::Strategic));
    QVERIFY(endsWith(Segment::Large));
    QVERIFY(endsWith(Ownership::Military));
    QVERIFY(endsWith(CreditGrade::D));
    QVERIFY(endsWith(SiteKind::Other));
    QVERIFY(endsWith(ContactRole::EndUser));
    QVERIFY(endsWith(Gender::Male));
    QVERIFY(endsWith(ContactMeans::Visit));
    QVERIFY(endsWith(AssignmentRole::Specialist));
}

void TestEntities::enumTablesOfWorkHaveAKeyForEachEnumerator()
{
    QVERIFY(endsWith(CustodyState::Merged));
    QVERIFY(endsWith(CustodyReason::NotGenuine));
    QVERIFY(endsWith(SalesStage::Shelved));
    QVERIFY(endsWith(LostReason::Other));
    QVERIFY(endsWith(OpportunityKind::Opportunity));
    QVERIFY(endsWith(CaptureMode::Active));
    QVERIFY(endsWith(Urgency::Critical));
    QVERIFY(endsWith(NeedKind::Consultation));
    QVERIFY(endsWith(Operator::Other));
    QVERIFY(endsWith(InformatisationLevel::Leading));
    QVERIFY(endsWith(ItemAction::RemoveMember));
    QVERIFY(endsWith(TransferKind::Discard));
    QVERIFY(endsWith(RoutingTarget::Person));
    QVERIFY(endsWith(TaskKind::PreProposal));
    QVERIFY(endsWith(TaskState::Cancelled));
    QVERIFY(endsWith(TaskPriority::GreenChannel));
    QVERIFY(endsWith(NoteKind::Meeting));
    QVERIFY(endsWith(NotificationKind::QueueOverdue));
    QVERIFY(endsWith(Severity::Urgent));
    QVERIFY(endsWith(Role::Administrator));
    QVERIFY(endsWith(StaffStatus::Disabled));
}

void TestEntities::flagsFitTheKind()
{
    const QSet<Kind> texts{Kind::Text, Kind::LongText, Kind::Phone, Kind::TextList};
    for (const EntityInfo &entity : m_catalog.entities()) {
        int keys = 0;
        for (const FieldInfo &field : entity.fields()) {
            const QString where = entity.name() + u'.' + field.name;
            QVERIFY2(!field.has(FieldFlag::Searchable) || texts.contains(field.kind),
                     qPrintable(where));
            QVERIFY2(field.merge != Merge::Append || field.kind == Kind::LongText,
                     qPrintable(where));
            keys += field.has(FieldFlag::BusinessKey) ? 1 : 0;
        }
        QVERIFY2(keys <= 1, qPrintable(entity.name()));
    }
}

void TestEntities::personalDataIsFlagged_data()
{
    QTest::addColumn<QString>("entity");
    QTest::addColumn<QStringList>("fields");
    QTest::newRow("a contact") << u"contact"_s
                               << QStringList{u"name"_s,  u"pinyin"_s, u"phone"_s,   u"phone2"_s,
                                              u"email"_s, u"id_no"_s,  u"birthday"_s};
    QTest::newRow("an opportunity") << u"opportunity"_s
                                    << QStringList{u"contact_name"_s, u"contact_phone"_s,
                                                   u"key_person_name"_s, u"key_person_phone"_s};
    QTest::newRow("an account's switchboard") << u"account"_s << QStringList{u"phone"_s};
    QTest::newRow("a site's phone") << u"account_site"_s << QStringList{u"phone"_s};
    QTest::newRow("a caller card holds none") << u"caller_card"_s << QStringList{};
}

void TestEntities::personalDataIsFlagged()
{
    QFETCH(QString, entity);
    QFETCH(QStringList, fields);
    QStringList personal;
    for (const FieldInfo &field : m_catalog.entity(entity).fields()) {
        if (field.has(FieldFlag::Personal))
            personal.append(field.name);
    }
    QCOMPARE(personal, fields);
}

void TestEntities::customersMoneyIsConfidential()
{
    for (const EntityInfo &entity : m_catalog.entities()) {
        for (const FieldInfo &field : entity.fields()) {
            const bool publicPrice = field.name == u"list_price_fen";
            if (field.kind == Kind::Money) {
                QVERIFY2(field.name.endsWith(u"_fen"), qPrintable(field.name));
                QCOMPARE(field.has(FieldFlag::Confidential), !publicPrice);
            }
        }
    }
}

void TestEntities::whatCommandsOwnIsServerOwned()
{
    const EntityInfo &opportunity = m_catalog.entity(u"opportunity"_s);
    for (const QString &name :
         {u"no"_s, u"kind"_s, u"custody_state"_s, u"sales_stage"_s, u"owner_id"_s, u"assignee_id"_s,
          u"queue_id"_s, u"transfer_count"_s, u"claim_epoch"_s, u"claim_due_at"_s, u"prob_bp"_s,
          u"first_contact_at"_s, u"captured_by"_s, u"account_id"_s, u"completeness_bp"_s}) {
        QVERIFY2(opportunity.field(name)->has(FieldFlag::ServerOwned), qPrintable(name));
    }
    for (const FieldInfo &field : m_catalog.entity(u"transfer"_s).fields())
        QVERIFY2(field.has(FieldFlag::ServerOwned), qPrintable(field.name));
    for (const FieldInfo &field : m_catalog.entity(u"caller_card"_s).fields())
        QVERIFY2(field.has(FieldFlag::ServerOwned), qPrintable(field.name));
}

void TestEntities::rowsSurviveTheRoundTrip_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(std::size(roundTrips)); ++i)
        QTest::newRow(roundTrips[i].table) << i;
}

void TestEntities::rowsSurviveTheRoundTrip()
{
    QFETCH(int, index);
    const EntityInfo &entity = m_catalog.entity(QString::fromLatin1(roundTrips[index].table));
    Row row;
    for (const FieldInfo &field : entity.fields())
        row.push_back(sampleCell(field, int(row.size())));
    const Row back = roundTrips[index].pass(row);
    QCOMPARE(back.size(), row.size());
    for (std::size_t i = 0; i < row.size(); ++i)
        QVERIFY2(back[i] == row[i], qPrintable(entity.fields()[i].name));
    // An empty record keeps its defaults.
    const Row empty = roundTrips[index].pass({});
    QVERIFY(roundTrips[index].pass(empty) == empty);
}

void TestEntities::bucketsAreThoseOfTheSyncDesign_data()
{
    QTest::addColumn<QString>("entity");
    QTest::addColumn<QString>("buckets");
    const auto row = [](const char *entity, const char *buckets) {
        QTest::newRow(entity) << QString::fromLatin1(entity) << QString::fromLatin1(buckets);
    };
    for (const char *reference : {"staff", "team", "area", "industry", "channel",
                                  "channel_coverage", "product_offering", "routing_rule", "tag"})
        row(reference, "ref:");
    row("account", "acct:id area:area_id");
    row("account_site", "acct:account_id area:area_id");
    row("contact", "acct:account_id area:area_id");
    row("assignment", "acct:account_id area:area_id user:staff_id");
    row("opportunity",
        "acct:account_id area:area_id user:owner_id user:assignee_id user:follower_id "
        "watch:captured_by org:queue_id");
    for (const char *child : {"opportunity_item", "transfer", "routing_decision"})
        row(child, "acct:account_id area:area_id user:owner_id watch:captured_by");
    row("task", "user:assignee_id org:queue_id acct:account_id area:area_id");
    row("note", "acct:account_id area:area_id user:owner_id watch:captured_by watch:author_id");
    row("notification", "user:staff_id");
    row("caller_card", "directory:area_id");
    row("account_tally", "directory:area_id");
}

void TestEntities::bucketsAreThoseOfTheSyncDesign()
{
    QFETCH(QString, entity);
    QFETCH(QString, buckets);
    const EntityInfo &info = m_catalog.entity(entity);
    QStringList found;
    for (const EntityInfo::BucketInfo &bucket : info.buckets()) {
        const QString column = bucket.column < 0 ? QString()
                                                 : info.fields()[std::size_t(bucket.column)].name;
        found.append(bucket.prefix + u':' + column);
    }
    QCOMPARE(found.join(u' '), buckets);
}

void TestEntities::aQueuedOpportunityLiesWithTheQueueOnly()
{
    Opportunity opportunity;
    opportunity.accountId = RecordId(u"a"_s);
    opportunity.areaId = RecordId(u"k"_s);
    opportunity.capturedBy = RecordId(u"c"_s);
    opportunity.queueId = RecordId(u"q"_s);
    const EntityInfo &entity = m_catalog.entity(u"opportunity"_s);
    QCOMPARE(entity.bucketsOf(toRow(opportunity)),
             QStringList({u"acct:a"_s, u"area:k"_s, u"org:q"_s, u"watch:c"_s}));
}

QTEST_APPLESS_MAIN(TestEntities)
#include "tst_entities.moc"
