#include "domain/account.h"
#include "domain/assignment.h"
#include "domain/contact.h"
#include "domain/industry.h"
#include "domain/opportunity.h"
#include "domain/staff.h"
#include "importing/import_values.h"
#include "importing/import_writer.h"
#include "support/command_desk.h"

#include <QBuffer>
#include <QJsonDocument>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// One import into a desk: what would happen, what was wrong, and perhaps the writing.
struct Attempt
{
    QString refusal; // of the file as a whole
    ImportCounts counts;
    QStringList faults; // "line column key"
    ImportCounts written;
    QByteArray errorFile;
};

QByteArray lines(const QStringList &rows)
{
    return rows.join(u'\n').toUtf8() + '\n';
}

} // namespace

class TestImporter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void valuesAreReadAsPeopleWriteThem_data();
    void valuesAreReadAsPeopleWriteThem();
    void headersMayBeNamesOrLabels_data();
    void headersMayBeNamesOrLabels();
    void fileThatCannotBeTrustedIsRefusedWhole_data();
    void fileThatCannotBeTrustedIsRefusedWhole();
    void mapThatDoesNotFitIsRefused_data();
    void mapThatDoesNotFitIsRefused();
    void badLinesAreNamedWithColumnAndReason_data();
    void badLinesAreNamedWithColumnAndReason();
    void errorFileSaysItInBothLanguages();
    void aKeyOfSeveralFieldsIsNamedWithAllOfThem();
    void whatSeveralRecordsMatchSaysByWhatAndWhatToDo();
    void importingAgainChangesOnlyWhatChanged();
    void emptyCellsAndDefaultsLeaveKnownRecordsAlone();
    void linesMayReferToEachOtherInAnyOrder();
    void whoeverRefersToARejectedLineIsRejectedToo();
    void valuesAndUnitsOfTheMapAreApplied();
    void contactLiesInTheAreaOfItsAccount();
    void accountThatMovesTakesItsPeopleAlong();
    void ownerOfAnAccountIsAssigned();
    void personWithoutACodeIsCalledByHisName();
    void wonOpportunityIsClosedHistory();
    void openOpportunityIsItsOwners();
    void openOpportunityWithoutOwnerGoesItsWay();
    void initialsOfNamesAreFilledIn();

private:
    Attempt import(const char *kind, const QByteArray &csv, const QByteArray &map = {},
                   bool write = true);
    QByteArray withRow(const QString &row) const
    {
        return lines({u"客户名称,本地网,员工人数,客户状态,月均消费,成立日期,总机,上级单位"_s, row});
    }
    Account accountNamed(const QString &name);

    std::unique_ptr<CommandDesk> m_desk;
    Area m_kunming;
    int m_imports = 0;
};

void TestImporter::init()
{
    m_desk = std::make_unique<CommandDesk>();
    m_kunming = m_desk->area(u"5301"_s);
    m_kunming.name = u"昆明"_s;
    m_kunming.aliases = QStringList{u"昆明市"_s, u"Kunming"_s};
    m_desk->put(m_kunming);
}

Attempt TestImporter::import(const char *kindName, const QByteArray &csv, const QByteArray &map,
                             bool write)
{
    Attempt attempt;
    const ImportKind *kind = findImportKind(QString::fromLatin1(kindName));
    QBuffer file;
    file.setData(csv);
    file.open(QIODevice::ReadOnly);
    std::optional<QJsonObject> columns;
    if (!map.isEmpty())
        columns = QJsonDocument::fromJson(map).object();
    auto importer = Importer::open(file, *kind, m_desk->store(), columns,
                                   RecordId::fromParts(9, 0, quint64(++m_imports)));
    if (!importer) {
        attempt.refusal = importer.error().key();
        return attempt;
    }
    QBuffer errorFile(&attempt.errorFile);
    errorFile.open(QIODevice::WriteOnly);
    ImportErrors errors(errorFile);
    if (const auto checked = (*importer)->check(errors, {}); !checked) {
        attempt.refusal = checked.error().key();
        return attempt;
    }
    attempt.counts = (*importer)->counts();
    for (const ImportFault &fault : errors.first())
        attempt.faults.append(u"%1 %2 %3"_s.arg(fault.line).arg(fault.column, fault.why.key()));
    if (!write || !(*importer)->rewind())
        return attempt;
    ImportWriter writer(m_desk->tx(), (*importer)->mapper(), m_desk->clock.now());
    const auto rows = (*importer)->next(1000);
    for (const ImportRow &row : *rows) {
        const auto fate = writer.write(row);
        if (!fate) {
            attempt.refusal = fate.error().key();
            return attempt;
        }
        attempt.written.created += *fate == ImportFate::Create;
        attempt.written.updated += *fate == ImportFate::Update;
    }
    return attempt;
}

Account TestImporter::accountNamed(const QString &name)
{
    const auto found = m_desk->tx().select<Account>("name = ?", {Cell(name)});
    return found.size() == 1 ? found.front() : Account();
}

void TestImporter::valuesAreReadAsPeopleWriteThem_data()
{
    QTest::addColumn<QString>("entity");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("stored");
    const auto row = [](const char *name, const char *entity, const char *field, const char *text,
                        const char *stored) {
        QTest::newRow(name) << QString::fromUtf8(entity) << QString::fromUtf8(field)
                            << QString::fromUtf8(text) << QString::fromUtf8(stored);
    };
    row("an amount in units of 10,000", "account", "spend_month_fen", "128.4万", "128400000");
    row("an amount with separators", "account", "spend_month_fen", "￥1,284.50", "128450");
    row("a rate", "account", "growth_bp", "12.5%", "1250");
    row("a Chinese date", "account", "founded_on", "1996年3月1日", "1996-03-01");
    row("a compact date", "account", "founded_on", "19960301", "1996-03-01");
    row("an enum by its key", "account", "ownership", "state_local", "state_local");
    row("an enum by its Chinese label", "account", "ownership", "地方国企", "state_local");
    row("an enum by its English label", "account", "ownership", "local STATE-owned", "state_local");
    row("several keys", "staff", "roles", "客户经理、supervisor", "account_manager,supervisor");
    row("words", "account", "tags", "重点；续约, 5G", "重点,续约,5G");
    row("yes", "account", "no_suspension", "是", "1");
    row("a number of people", "account", "employees", "2,822", "2822");
    row("a mobile number", "contact", "phone", "+8613800138000", "138 0013 8000");
    row("a moment in China", "opportunity", "captured_at", "1970-01-01 08:00", "0");
    row("blanks inside a name", "account", "name", "  Acme   Corp ", "Acme Corp");
    row("nothing", "account", "name", "   ", "");
    // Refused, with the reason
    row("a half", "account", "employees", "2.5", "!value.not_integer");
    row("too many people", "account", "employees", "99999999999", "!value.out_of_range");
    row("no amount", "account", "spend_month_fen", "很多", "!value.not_amount");
    row("no such day", "account", "founded_on", "2026-02-30", "!value.no_such_day");
    row("no such choice", "account", "status", "沉睡", "!import.not_choice");
    row("no number", "contact", "phone", "转秘书", "!value.not_phone");
}

void TestImporter::valuesAreReadAsPeopleWriteThem()
{
    QFETCH(QString, entity);
    QFETCH(QString, field);
    QFETCH(QString, text);
    const auto cell = importedCell(*m_desk->tx().catalog().entity(entity).field(field), text);
    const QString found = !cell ? u'!' + cell.error().key()
        : cell->isInteger()     ? QString::number(cell->integer())
                                : cell->text();
    QTEST(found, "stored");
}

void TestImporter::headersMayBeNamesOrLabels_data()
{
    QTest::addColumn<QString>("header");
    QTest::newRow("names") << u"name,area_id,employees"_s;
    QTest::newRow("Chinese labels") << u"客户名称,本地网,员工人数"_s;
    QTest::newRow("English labels") << u"Name,AREA,employees"_s;
    QTest::newRow("with a byte order mark") << u"\ufeffname,area_id,employees"_s;
    QTest::newRow("full-width letters") << u"ｎａｍｅ,area_id,employees"_s;
    QTest::newRow("semicolons and an empty last column") << u"name;area_id;employees;"_s;
}

void TestImporter::headersMayBeNamesOrLabels()
{
    QFETCH(QString, header);
    QString row = u"云南白药,昆明市,300"_s;
    if (header.contains(u';'))
        row = row.replace(u',', u';') + u';';
    const Attempt attempt = import("accounts", lines({header, row}));
    QCOMPARE(attempt.refusal, QString());
    QCOMPARE(attempt.written.created, 1);
    const Account account = accountNamed(u"云南白药"_s);
    QCOMPARE(account.areaId.text(), m_kunming.id.text());
    QCOMPARE(account.employees, 300);
}

void TestImporter::fileThatCannotBeTrustedIsRefusedWhole_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QString>("reason");
    QTest::newRow("nothing in it") << QByteArray() << u"import.empty"_s;
    QTest::newRow("a byte order mark only") << QByteArray("\xef\xbb\xbf") << u"import.empty"_s;
    QTest::newRow("an open quote") << QByteArray("name\n\"Acme\n") << u"csv.unterminated"_s;
    QTest::newRow("text behind a quote") << QByteArray("name\n\"Acme\"x\n") << u"csv.after_quote"_s;
    QTest::newRow("a NUL") << QByteArray("name\nAc\0me\n", 11) << u"csv.not_text"_s;
    QTest::newRow("a cell of ten megabytes") << "name\n" + QByteArray(10 * 1024 * 1024, 'x') + "\n"
                                             << u"csv.too_long"_s;
    QTest::newRow("no known header") << QByteArray("foo,bar\n1,2\n") << u"import.no_column"_s;
    QTest::newRow("one unknown header")
        << QByteArray("name,bar\n1,2\n") << u"import.header_unknown"_s;
    QTest::newRow("a header twice") << QByteArray("name,name\n1,2\n") << u"import.header_twice"_s;
    QTest::newRow("a field twice")
        << lines({u"name,客户名称"_s, u"1,2"_s}) << u"import.field_twice"_s;
    QTest::newRow("nothing to match by")
        << QByteArray("employees\n3\n") << u"import.key_unfilled"_s;
    QTest::newRow("a field nobody may fill")
        << QByteArray("name,pinyin\n1,2\n") << u"import.header_unknown"_s;
}

void TestImporter::fileThatCannotBeTrustedIsRefusedWhole()
{
    QFETCH(QByteArray, csv);
    QTEST(import("accounts", csv).refusal, "reason");
    QVERIFY(m_desk->all<Account>().empty());
}

void TestImporter::mapThatDoesNotFitIsRefused_data()
{
    QTest::addColumn<QByteArray>("map");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, const char *map, const QString &reason) {
        QTest::newRow(name) << QByteArray(map) << reason;
    };
    row("no columns", R"({"key": ["name"]})", u"import.map_malformed"_s);
    row("an unknown part", R"({"columns": {"a": "name"}, "colour": 1})", u"import.map_malformed"_s);
    row("an unknown field", R"({"columns": {"a": "nick"}})", u"import.field_unknown"_s);
    row("an unknown default", R"({"columns": {"a": "name"}, "defaults": {"nick": 1}})",
        u"import.field_unknown"_s);
    row("an unreadable default", R"({"columns": {"a": "name"}, "defaults": {"employees": "x"}})",
        u"import.map_malformed"_s);
    row("an unknown default reference",
        R"({"columns": {"a": "name"}, "defaults": {"area_id": "x"}})", u"import.map_malformed"_s);
    row("an absent header", R"({"columns": {"z": "name"}})", u"import.header_missing"_s);
    row("a header that is there twice", R"({"columns": {"b": "name"}})", u"import.header_twice"_s);
    row("two columns for a field", R"({"columns": {"a": "name", "c": "name"}})",
        u"import.field_twice"_s);
    row("a key that is not filled", R"({"columns": {"a": "name"}, "key": ["uscc"]})",
        u"import.key_unfilled"_s);
    row("values of a column not taken",
        R"({"columns": {"a": "name"}, "values": {"c": {"x": "y"}}})", u"import.map_malformed"_s);
    row("fits", R"({"columns": {"a": "name", "c": null}, "key": "name"})", QString());
}

void TestImporter::mapThatDoesNotFitIsRefused()
{
    QFETCH(QByteArray, map);
    QTEST(import("accounts", "a,b,b,c\nAcme,1,2,3\n", map).refusal, "reason");
}

void TestImporter::badLinesAreNamedWithColumnAndReason_data()
{
    QTest::addColumn<QString>("row");
    QTest::addColumn<QStringList>("faults");
    const auto row = [](const char *name, const QString &text, const QStringList &faults) {
        QTest::newRow(name) << text << faults;
    };
    row("good", u"云南白药,昆明,300,在网,1.5万,2001-01-01,0871-63123456,"_s, {});
    row("unknown area", u"甲,火星,,,,,,"_s, {u"2 本地网 import.no_match"_s});
    row("several at once", u"甲,,三百,沉睡,x,2026-02-30,,"_s,
        {u"2 员工人数 value.not_integer"_s, u"2 客户状态 import.not_choice"_s,
         u"2 月均消费 value.not_amount"_s, u"2 成立日期 value.no_such_day"_s});
    row("no name", u",昆明,300,,,,,"_s, {u"2 客户名称 field.required"_s});
    row("too few columns", u"甲,昆明"_s, {u"2  csv.ragged"_s});
    row("its own parent", u"甲,昆明,,,,,,甲"_s, {u"2 上级单位 import.self"_s});
    row("unknown parent", u"甲,昆明,,,,,,乙"_s, {u"2 上级单位 import.no_match"_s});
    row("the same name twice", u"甲,昆明,1,,,,,\n甲,昆明,2,,,,,"_s,
        {u"3 客户名称 import.key_twice"_s});
    row("a name that two bear", u"双胞胎,昆明,1,,,,,"_s, {u"2 客户名称 import.several_match"_s});
    row("a parent that two could be", u"甲,昆明,1,,,,,双胞胎"_s,
        {u"2 上级单位 reference.ambiguous"_s});
}

void TestImporter::badLinesAreNamedWithColumnAndReason()
{
    QFETCH(QString, row);
    QFETCH(QStringList, faults);
    m_desk->account(u"双胞胎"_s, m_kunming.id);
    m_desk->account(u"双胞胎"_s, m_kunming.id);
    const Attempt attempt = import("accounts", withRow(row), {}, false);
    QCOMPARE(attempt.faults, faults);
    QCOMPARE(attempt.counts.rejected, faults.isEmpty() ? 0 : 1);
}

void TestImporter::errorFileSaysItInBothLanguages()
{
    const Attempt attempt = import("accounts", withRow(u"甲,火星,,,,,,"_s), {}, false);
    QVERIFY(attempt.errorFile.startsWith("\xef\xbb\xbf"));
    const QString text = QString::fromUtf8(attempt.errorFile);
    QVERIFY2(text.contains(u"2,本地网,火星,没有编码或名称为“火星”的“本地网”。,"), qPrintable(text));
    QVERIFY2(text.contains(u"No Area has the code or the name “火星”."), qPrintable(text));
}

void TestImporter::aKeyOfSeveralFieldsIsNamedWithAllOfThem()
{
    m_desk->account(u"云南银行"_s, m_kunming.id);
    const Attempt attempt = import("contacts",
                                   lines({u"所属客户,姓名,部门"_s, u"云南银行,李工,网络部"_s,
                                          u"云南银行,李工,网络部"_s}),
                                   {}, false);
    QCOMPARE(attempt.faults, QStringList{u"3 所属客户 + 姓名 import.key_twice"_s});
    const QString text = QString::fromUtf8(attempt.errorFile);
    QVERIFY2(text.contains(u"3,所属客户 + 姓名,云南银行 + 李工,"), qPrintable(text));
    QVERIFY2(text.contains(u"与第2行重复：所属客户“云南银行”、姓名“李工”。"), qPrintable(text));
    QVERIFY2(text.contains(u"Line 2 says the same: Account “云南银行”, Name “李工”."),
             qPrintable(text));
}

void TestImporter::whatSeveralRecordsMatchSaysByWhatAndWhatToDo()
{
    m_desk->account(u"双胞胎"_s, m_kunming.id);
    m_desk->account(u"双胞胎"_s, m_kunming.id);
    const Attempt attempt = import("accounts", withRow(u"双胞胎,昆明,1,,,,,"_s), {}, false);
    const QString text = QString::fromUtf8(attempt.errorFile);
    QVERIFY2(text.contains(u"与此行相符：客户名称“双胞胎”。请先"), qPrintable(text));
    QVERIFY2(text.contains(u"matches this line: Name “双胞胎”. Merge"), qPrintable(text));
}

void TestImporter::importingAgainChangesOnlyWhatChanged()
{
    const QByteArray header = "group_code,name,employees\n";
    const Attempt first = import("accounts", header + "1,Acme,10\n2,Beta,20\n3,Gamma,30\n");
    QCOMPARE(first.written.created, 3);
    const RecordId acme = accountNamed(u"Acme"_s).id;
    const Attempt second = import("accounts", header + "1,Acme Inc,10\n2,Beta,20\n4,Delta,1\n");
    QCOMPARE(second.counts.read, 3);
    QCOMPARE(second.counts.updated, 1);
    QCOMPARE(second.counts.unchanged, 1);
    QCOMPARE(second.counts.created, 1);
    QCOMPARE(accountNamed(u"Acme Inc"_s).id, acme);
    QCOMPARE(int(m_desk->all<Account>().size()), 4);
}

void TestImporter::emptyCellsAndDefaultsLeaveKnownRecordsAlone()
{
    const QByteArray map = R"({"columns": {"n": "name", "e": "employees"},
                               "defaults": {"status": "在网"}})";
    import("accounts", "n,e\nAcme,10\n", map);
    QCOMPARE(accountNamed(u"Acme"_s).status, AccountStatus::Active);
    Account lost = accountNamed(u"Acme"_s);
    lost.status = AccountStatus::Lost;
    m_desk->put(lost);
    const Attempt again = import("accounts", "n,e\nAcme,\n", map);
    QCOMPARE(again.counts.unchanged, 1);
    QCOMPARE(accountNamed(u"Acme"_s).status, AccountStatus::Lost);
    QCOMPARE(accountNamed(u"Acme"_s).employees, 10);
}

void TestImporter::linesMayReferToEachOtherInAnyOrder()
{
    const QByteArray csv = "name,parent_id\nDaughter,Mother\nMother,\nGrandchild,Daughter\n";
    const Attempt attempt = import("accounts", csv);
    QCOMPARE(attempt.written.created, 3);
    QCOMPARE(accountNamed(u"Daughter"_s).parentId.text(), accountNamed(u"Mother"_s).id.text());
    QCOMPARE(accountNamed(u"Grandchild"_s).parentId.text(), accountNamed(u"Daughter"_s).id.text());
    QCOMPARE(import("accounts", csv).counts.unchanged, 3);
}

void TestImporter::whoeverRefersToARejectedLineIsRejectedToo()
{
    const Attempt attempt = import("accounts",
                                   "name,parent_id,employees\nGrandchild,Daughter,1\n"
                                   "Daughter,Mother,1\nMother,,x\nOther,,1\n");
    QCOMPARE(attempt.counts.rejected, 3);
    QCOMPARE(attempt.written.created, 1);
    QVERIFY(attempt.faults.contains(u"2 parent_id import.depends"_s));
}

void TestImporter::valuesAndUnitsOfTheMapAreApplied()
{
    import("accounts", "n,s,r\nAcme,live,1100.04\n",
           R"({"columns": {"n": ["name", "short_name"], "s": "status", "r": "turnover_fen"},
               "values": {"s": {"live": "active"}}, "units": {"r": "M"}})");
    const Account acme = accountNamed(u"Acme"_s);
    QCOMPARE(acme.shortName, u"Acme"_s);
    QCOMPARE(acme.status, AccountStatus::Active);
    QCOMPARE(acme.turnoverFen.fen, 110'004'000'000);
}

void TestImporter::contactLiesInTheAreaOfItsAccount()
{
    const Account bank = m_desk->account(u"工商银行"_s, m_kunming.id);
    const QByteArray csv = lines({u"所属客户,姓名,手机"_s, u"工商银行,单雄信,13800138000"_s,
                                  u"没有的银行,李四,13800138001"_s});
    const Attempt attempt = import("contacts", csv);
    QCOMPARE(attempt.faults, QStringList{u"3 所属客户 import.no_match"_s});
    const auto contacts = m_desk->all<Contact>();
    QCOMPARE(int(contacts.size()), 1);
    QCOMPARE(contacts.front().accountId.text(), bank.id.text());
    QCOMPARE(contacts.front().areaId.text(), m_kunming.id.text());
    QCOMPARE(contacts.front().influence, 3); // as a form would begin
    QCOMPARE(import("contacts", csv).counts.unchanged, 1);
}

void TestImporter::accountThatMovesTakesItsPeopleAlong()
{
    const Area dali = m_desk->area(u"5329"_s);
    m_desk->account(u"工商银行"_s, m_kunming.id);
    import("contacts", lines({u"所属客户,姓名"_s, u"工商银行,张三"_s}));
    import("accounts", lines({u"name,area_id"_s, u"工商银行,5329"_s}));
    QCOMPARE(m_desk->all<Contact>().front().areaId.text(), dali.id.text());
}

void TestImporter::ownerOfAnAccountIsAssigned()
{
    const Staff anna = m_desk->person(u"1"_s, Role::AccountManager);
    const Staff ben = m_desk->person(u"2"_s, Role::AccountManager);
    m_desk->person(u"3"_s, Role::HotlineAgent);
    const QByteArray header = "name,owner_staff_id\n";
    QCOMPARE(import("accounts", header + "Acme,3\n").faults,
             QStringList{u"2 owner_staff_id import.owner_unfit"_s});
    import("accounts", header + "Acme,1\n");
    QCOMPARE(accountNamed(u"Acme"_s).ownerStaffId.text(), anna.id.text());
    m_desk->clock.advance(3 * day);
    const Attempt attempt = import("accounts", header + "Acme,2\n");
    QCOMPARE(attempt.written.updated, 1);
    QCOMPARE(accountNamed(u"Acme"_s).ownerStaffId.text(), ben.id.text());
    QCOMPARE(int(m_desk->all<Assignment>().size()), 2);
    QCOMPARE(int(m_desk->tx().select<Assignment>("valid_until IS NOT NULL").size()), 1);
}

void TestImporter::personWithoutACodeIsCalledByHisName()
{
    const Attempt attempt = import("staff", "name,roles\nMoses Frase,account_manager\n");
    QCOMPARE(attempt.written.created, 1);
    const Staff moses = m_desk->all<Staff>().front();
    QCOMPARE(moses.code, u"Moses Frase"_s);
    QCOMPARE(moses.capacity, 20);
    QCOMPARE(import("staff", "name\nNobody\n").faults, QStringList{u"2 roles field.required"_s});
}

void TestImporter::wonOpportunityIsClosedHistory()
{
    const Staff moses = m_desk->person(u"Moses"_s, Role::AccountManager);
    m_desk->account(u"Cancity"_s, m_kunming.id);
    const QByteArray csv = "no,account_id,owner_id,sales_stage,captured_at,close_date,value_fen\n"
                           "X1,Cancity,Moses,Won,2016-10-20,2017-03-01,1054\n"
                           "X2,Cancity,Moses,Lost,2016-10-20,2017-03-02,\n";
    const Attempt attempt = import("opportunities", csv);
    QCOMPARE(attempt.faults, QStringList());
    auto deals = m_desk->tx().select<Opportunity>("1=1 ORDER BY no");
    QCOMPARE(int(deals.size()), 2);
    const Opportunity &won = deals.front();
    QCOMPARE(won.custodyState, CustodyState::Closed);
    QCOMPARE(won.custodyReason, CustodyReason::Won);
    QCOMPARE(won.ownerId.text(), moses.id.text());
    QCOMPARE(won.valueFen.fen, 105'400);
    QCOMPARE(businessDate(won.wonAt), QDate(2017, 3, 1));
    QCOMPARE(businessDate(won.capturedAt), QDate(2016, 10, 20));
    QCOMPARE(won.title, u"Cancity"_s);
    QCOMPARE(won.accountName, u"Cancity"_s);
    QCOMPARE(won.areaId.text(), m_kunming.id.text());
    QVERIFY(won.claimDueAt.isNull() && won.firstContactDueAt.isNull());
    QCOMPARE(deals.back().custodyReason, CustodyReason::Lost);
    QCOMPARE(deals.back().lostReason, LostReason::Other);
    QCOMPARE(import("opportunities", csv).counts.unchanged, 2);
}

void TestImporter::openOpportunityIsItsOwners()
{
    const Staff moses = m_desk->person(u"Moses"_s, Role::AccountManager);
    m_desk->account(u"Cancity"_s, m_kunming.id);
    const QByteArray header = "no,account_id,owner_id,sales_stage,close_date\n";
    import("opportunities", header + "X1,Cancity,Moses,need,\n");
    Opportunity deal = m_desk->all<Opportunity>().front();
    QCOMPARE(deal.custodyState, CustodyState::Claimed);
    QCOMPARE(deal.ownerId.text(), moses.id.text());
    QCOMPARE(deal.kind, OpportunityKind::Opportunity);
    QVERIFY(!deal.firstContactAt.isNull());
    // Its next state comes with the next file.
    const Attempt attempt = import("opportunities", header + "X1,Cancity,Moses,won,2026-03-01\n");
    QCOMPARE(attempt.written.updated, 1);
    deal = m_desk->all<Opportunity>().front();
    QCOMPARE(deal.custodyState, CustodyState::Closed);
    QCOMPARE(businessDate(deal.wonAt), QDate(2026, 3, 1));
}

void TestImporter::openOpportunityWithoutOwnerGoesItsWay()
{
    m_desk->account(u"Cancity"_s, m_kunming.id);
    const Team queue = m_desk->queue(u"OC"_s, TeamKind::OperationsCentre, m_kunming.id);
    import("opportunities", lines({u"no,account_id,willing"_s, u"X1,Cancity,是"_s}));
    const Opportunity deal = m_desk->all<Opportunity>().front();
    QCOMPARE(deal.kind, OpportunityKind::Lead);
    QCOMPARE(deal.custodyState, CustodyState::Dispatching);
    QCOMPARE(deal.custodyReason, CustodyReason::Incomplete);
    QCOMPARE(deal.queueId.text(), queue.id.text());
}

void TestImporter::initialsOfNamesAreFilledIn()
{
    import("accounts", lines({u"name"_s, u"重药控股"_s}));
    QCOMPARE(accountNamed(u"重药控股"_s).pinyin, u"cykg"_s);
    import("contacts", lines({u"account_id,name"_s, u"重药控股,单雄信"_s}));
    QCOMPARE(m_desk->all<Contact>().front().pinyin, u"sxx"_s);
}

QTEST_GUILESS_MAIN(TestImporter)
#include "tst_importer.moc"
