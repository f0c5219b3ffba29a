#include "support/desktop/desktop_driver.h"
#include "support/office.h"

#include "commands/opportunity_capture.h"
#include "commands/staff_commands.h"
#include "domain/account.h"
#include "domain/area.h"
#include "domain/channel.h"
#include "domain/entities.h"
#include "domain/opportunity.h"
#include "domain/routing_decision.h"
#include "domain/routing_rule.h"
#include "domain/team.h"
#include "ui/pages/list_pane.h"
#include "ui/widgets/record_picker.h"
#include "ui/widgets/record_table.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

// The page of routing rules by keyboard, against a server in this process that routes by them.
class TestRoutingRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void newRuleRoutesTheNextOpportunity();
    void ruleThatCatchesNothingIsRefusedInWords();
    void ruleIsSwitchedOffAndOnByKey();
    void ruleIsMovedByKey();
    void editKeepsWhatWasNotTouched();
    void typedRuleIsThereAgainAfterAnotherWasShown();
    void moveAndSavingKeepWhatIsTypedOn();
    void fieldKeepsItsOwnKeys();
    void listFollowsTheLanguage();
    void dispatcherOfOneAreaOnlyReads();

private:
    RecordId addPerson(const QString &code, Role role);
    RecordId addRule(const QString &code, const QString &english, int position,
                     const QString &condition, RoutingTarget target);
    std::unique_ptr<DesktopDriver> enter(const QString &user);
    /// Signs the administrator in and shows the rules.
    void openRules(const QString &user = u"1000"_s);
    ListPane &list() { return *m_desk->window().findChild<ListPane *>(u"admin.rules.pane"_s); }
    QStringList columnOf(const QString &path);
    QString textOf(const QString &field) const
    {
        const auto *edit = m_desk->find<QLineEdit>(field);
        return edit ? edit->text() : u"(no such field)"_s;
    }
    template <class T>
    std::vector<T> onServer(const QByteArray &condition = "1 = 1 ORDER BY id")
    {
        std::vector<T> records;
        for (const Row &row :
             m_office->store().select(m_catalog.entity(QString::fromLatin1(Schema<T>::table)),
                                      condition, {}))
            records.push_back(fromRow<T>(row));
        return records;
    }
    QStringList orderOnServer()
    {
        QStringList codes;
        for (const auto &rule : onServer<RoutingRule>("deleted_at IS NULL ORDER BY position"))
            codes.append(rule.code);
        return codes;
    }

    Catalog m_catalog = makeCatalog();
    CommandRegistry m_registry = makeCommandRegistry();
    Language m_language;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Office> m_office;
    std::unique_ptr<DesktopDriver> m_desk;
    RecordId m_area;
    RecordId m_channel;
    RecordId m_taker;
    RecordId m_account;
};

RecordId TestRoutingRules::addPerson(const QString &code, Role role)
{
    Staff staff;
    staff.code = code;
    staff.name = u"员工"_s + code;
    staff.roles.keys = {keyOf(role)};
    staff.areaId = m_area;
    staff.channelId = m_channel;
    return m_office->add(staff);
}

RecordId TestRoutingRules::addRule(const QString &code, const QString &english, int position,
                                   const QString &condition, RoutingTarget target)
{
    RoutingRule rule;
    rule.code = code;
    rule.name = u"规则"_s + code;
    rule.englishName = english;
    rule.position = position;
    rule.condition = condition;
    rule.target = target;
    return m_office->add(rule);
}

void TestRoutingRules::init()
{
    m_language.install(QLocale::Chinese);
    m_directory = std::make_unique<QTemporaryDir>();
    m_office = std::make_unique<Office>(m_catalog, m_registry);
    Area country;
    country.code = u"00"_s;
    country.name = u"集团"_s;
    Area area;
    area.code = u"KM"_s;
    area.name = u"昆明"_s;
    area.parentId = m_office->add(country);
    m_area = m_office->add(area);
    Team team;
    team.code = u"T-OPS"_s;
    team.name = u"运营中心"_s;
    team.kind = TeamKind::OperationsCentre;
    team.areaId = m_area;
    team.hasQueue = true;
    m_office->add(team);
    Channel channel;
    channel.code = u"account_manager"_s;
    channel.name = u"客户经理"_s;
    channel.canSell = channel.canServe = true;
    m_channel = m_office->add(channel);
    addPerson(u"1000"_s, Role::Administrator);
    addPerson(u"1101"_s, Role::HotlineAgent);
    addPerson(u"1102"_s, Role::Dispatcher);
    m_taker = addPerson(u"1103"_s, Role::AccountManager);
    Account account;
    account.name = u"春城医院"_s;
    account.valueClass = ValueClass::B;
    account.areaId = m_area;
    m_account = m_office->add(account);
    addRule(u"AM"_s, u"Its manager"_s, 10, uR"({"am_flag":true})"_s, RoutingTarget::OwnerAm);
    addRule(u"AGENT"_s, u"Core agent"_s, 30, uR"({"am_flag":false})"_s, RoutingTarget::CoreAgent);
    addRule(u"ALL"_s, u"Everything else"_s, 900, u"{}"_s, RoutingTarget::TeamQueue);
    m_office->openWithDispatch();
}

void TestRoutingRules::cleanup()
{
    m_desk.reset();
    m_office.reset();
    m_language.install(QLocale::Chinese);
}

std::unique_ptr<DesktopDriver> TestRoutingRules::enter(const QString &user)
{
    auto desk = std::make_unique<DesktopDriver>(user, m_language, m_directory->path() + u'/' + user,
                                                QSize(1366, 768), m_office->links());
    desk->signIn(u"office:1"_s, user, u"secret"_s,
                 u"keydesk://office:1/#"_s + QString(64, u'a') + u"/ABCD-EFGH"_s);
    return desk;
}

void TestRoutingRules::openRules(const QString &user)
{
    m_desk = enter(user);
    m_desk->window().goTo(u"admin"_s);
    m_desk->untilPage(u"admin"_s).chooseView(u"rules"_s).untilStill();
    m_desk->until(u"the rules are listed"_s, [this] { return list().model().rowCount() == 3; });
    m_desk->tabTo(u"admin.rules.list"_s);
    QCOMPARE(m_desk->problem(), QString());
}

QStringList TestRoutingRules::columnOf(const QString &path)
{
    QStringList words;
    const auto &model = list().model();
    for (int row = 0; row < model.rowCount(); ++row)
        words.append(model.index(row, model.columnOf(path)).data().toString());
    return words;
}

void TestRoutingRules::newRuleRoutesTheNextOpportunity()
{
    openRules();
    m_desk->press(u"Ctrl+N"_s).fill(u"routing_rule.code"_s, u"HOSPITAL"_s);
    m_desk->fill(u"routing_rule.name"_s, u"无经理客户归1103"_s);
    m_desk->fill(u"routing_rule.english_name"_s, u"Without a manager to 1103"_s);
    m_desk->fill(u"routing_rule.position"_s, u"20"_s);
    m_desk->tabTo(u"routing_rule.condition.am_flag"_s).press(u"Down"_s, 2);
    m_desk->tabTo(u"routing_rule.condition.potential"_s).press(u"Down"_s, 2);
    m_desk->tabTo(u"routing_rule.target"_s).press(u"End"_s);
    m_desk->fill(u"routing_rule.staff_id"_s, u"1103"_s);
    const auto picker = [this] { return m_desk->find<RecordPicker>(u"routing_rule.staff_id"_s); };
    m_desk->until(u"the person is offered"_s, [&] { return picker() && picker()->isPopupOpen(); });
    m_desk->press(u"Return"_s);
    m_desk->until(u"he is chosen"_s, [&] { return !picker()->currentId().isEmpty(); });
    m_desk->press(u"Ctrl+S"_s).untilSettled();
    QCOMPARE(m_desk->problem(), QString());
    QCOMPARE(orderOnServer(), (QStringList{u"AM"_s, u"HOSPITAL"_s, u"AGENT"_s, u"ALL"_s}));

    auto agent = enter(u"1101"_s);
    RecordOpportunity record;
    record.values = {{u"title"_s, u"新装专线"_s},
                     {u"account_id"_s, Cell(m_account.text())},
                     {u"willing"_s, 1},
                     {u"need_kinds"_s, u"new_business"_s},
                     {u"need_summary"_s, u"两条专线"_s},
                     {u"contact_name"_s, u"刘主任"_s},
                     {u"contact_phone"_s, u"087163000001"_s}};
    const CommandCall call = callOf(record);
    agent->workbench().run(call);
    agent->untilSettled();
    QCOMPARE(agent->problem(), QString());
    const auto decisions = onServer<RoutingDecision>();
    QCOMPARE(decisions.size(), std::size_t(1));
    QCOMPARE(decisions.front().ruleName, u"无经理客户归1103"_s);
    QCOMPARE(decisions.front().ruleEnglishName, u"Without a manager to 1103"_s);
    QCOMPARE(decisions.front().chosenStaffId.text(), m_taker.text());
    QCOMPARE(onServer<Opportunity>().front().assigneeId.text(), m_taker.text());
}

void TestRoutingRules::ruleThatCatchesNothingIsRefusedInWords()
{
    openRules();
    m_desk->press(u"Ctrl+N"_s).fill(u"routing_rule.code"_s, u"LATE"_s);
    m_desk->fill(u"routing_rule.name"_s, u"永远轮不到"_s);
    m_desk->fill(u"routing_rule.position"_s, u"950"_s).press(u"Ctrl+S"_s);
    QString sentence;
    m_desk->until(u"the refusal is beside its field"_s, [&] {
        for (const auto *label : m_desk->window().findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(u"永远轮不到。"_s))
                sentence = label->text();
        }
        return !sentence.isEmpty();
    });
    m_desk->untilSettled();
    QCOMPARE(m_desk->problem(), QString());
    QVERIFY2(sentence.contains(u"规则ALL"_s), qPrintable(sentence));
    QCOMPARE(onServer<RoutingRule>().size(), std::size_t(3));
    QCOMPARE(m_desk->find<QLineEdit>(u"routing_rule.code"_s)->text(), u"LATE"_s);
}

void TestRoutingRules::ruleIsSwitchedOffAndOnByKey()
{
    openRules();
    m_desk->press(u"Home"_s).press(u"D"_s).untilSettled();
    QVERIFY(!onServer<RoutingRule>("code = 'AM'").front().active);
    m_desk->tabTo(u"admin.rules.list"_s).press(u"D"_s).untilSettled();
    QVERIFY(onServer<RoutingRule>("code = 'AM'").front().active);
    QCOMPARE(m_desk->problem(), QString());
}

void TestRoutingRules::ruleIsMovedByKey()
{
    openRules();
    m_desk->press(u"Ctrl+Home"_s).press(u"Alt+Down"_s).untilSettled();
    QCOMPARE(orderOnServer(), (QStringList{u"AGENT"_s, u"AM"_s, u"ALL"_s}));
    m_desk->press(u"Alt+Up"_s).untilSettled();
    QCOMPARE(orderOnServer(), (QStringList{u"AM"_s, u"AGENT"_s, u"ALL"_s}));
    QCOMPARE(m_desk->problem(), QString());
}

void TestRoutingRules::editKeepsWhatWasNotTouched()
{
    openRules();
    const RoutingRule before = onServer<RoutingRule>("code = 'AGENT'").front();
    m_desk->press(u"Ctrl+Home"_s).press(u"Down"_s).press(u"Return"_s);
    m_desk->untilFocused(u"routing_rule.code"_s);
    m_desk->fill(u"routing_rule.description"_s, u"社会渠道先跟进"_s).press(u"Ctrl+S"_s);
    m_desk->untilSettled();
    QCOMPARE(m_desk->problem(), QString());
    RoutingRule after = onServer<RoutingRule>("code = 'AGENT'").front();
    QCOMPARE(after.description, u"社会渠道先跟进"_s);
    QCOMPARE(after.condition, before.condition);
    QCOMPARE(after.target, before.target);
    QCOMPARE(after.claimHoursA, before.claimHoursA);
}

void TestRoutingRules::typedRuleIsThereAgainAfterAnotherWasShown()
{
    openRules();
    const QString am = onServer<RoutingRule>("code = 'AM'").front().id.text();
    const QString all = onServer<RoutingRule>("code = 'ALL'").front().id.text();
    list().select(am);
    m_desk->fill(u"routing_rule.english_name"_s, u"Ask first"_s);
    list().select(all);
    m_desk->press(u"Ctrl+N"_s).fill(u"routing_rule.code"_s, u"NEW"_s);
    list().select(am);
    m_desk->untilStill();
    QCOMPARE(textOf(u"routing_rule.english_name"_s), u"Ask first"_s);
    m_desk->press(u"Ctrl+N"_s);
    QCOMPARE(textOf(u"routing_rule.code"_s), u"NEW"_s);
    m_desk->tabTo(u"admin.rule.save.discard"_s).press(u"Space"_s);
    QCOMPARE(textOf(u"routing_rule.code"_s), QString());
    QCOMPARE(textOf(u"routing_rule.position"_s), u"40"_s); // what a new rule begins with
    QCOMPARE(m_desk->problem(), QString());
}

void TestRoutingRules::moveAndSavingKeepWhatIsTypedOn()
{
    openRules();
    list().select(onServer<RoutingRule>("code = 'AM'").front().id.text());
    m_desk->fill(u"routing_rule.english_name"_s, u"Ask first"_s);
    m_desk->tabTo(u"admin.rule.down"_s).press(u"Space"_s).untilSettled();
    QCOMPARE(orderOnServer(), (QStringList{u"AGENT"_s, u"AM"_s, u"ALL"_s}));
    QCOMPARE(textOf(u"routing_rule.english_name"_s), u"Ask first"_s);
    auto *name = m_desk->find<QLineEdit>(u"routing_rule.name"_s);
    auto *save = m_desk->find<QPushButton>(u"admin.rule.save"_s);
    QVERIFY(name && save);
    save->click();
    QTest::keyClicks(name, u" v2"_s); // before any answer
    m_desk->untilSettled();
    QCOMPARE(m_desk->problem(), QString());
    QCOMPARE(onServer<RoutingRule>("code = 'AM'").front().englishName, u"Ask first"_s);
    QCOMPARE(name->text(), u"规则AM v2"_s);
    QVERIFY(m_desk->find(u"admin.rule.save.unsaved"_s));
}

void TestRoutingRules::fieldKeepsItsOwnKeys()
{
    openRules();
    list().select(onServer<RoutingRule>("code = 'AM'").front().id.text());
    m_desk->tabTo(u"routing_rule.target"_s).press(u"D"_s).untilSettled();
    QVERIFY(onServer<RoutingRule>("code = 'AM'").front().active);
    m_desk->tabTo(u"routing_rule.valid_from"_s).press(u"Alt+Down"_s).untilSettled();
    QCOMPARE(orderOnServer(), (QStringList{u"AM"_s, u"AGENT"_s, u"ALL"_s}));
    QVERIFY(QApplication::activePopupWidget());
    QApplication::activePopupWidget()->close();
    QCOMPARE(m_desk->problem(), QString());
}

void TestRoutingRules::listFollowsTheLanguage()
{
    openRules();
    QCOMPARE(columnOf(u"name"_s), (QStringList{u"规则AM"_s, u"规则AGENT"_s, u"规则ALL"_s}));
    QCOMPARE(columnOf(u"condition"_s),
             (QStringList{u"有客户经理标识"_s, u"无客户经理标识"_s, u"任何商机"_s}));
    QCOMPARE(columnOf(u"target"_s).constLast(), u"所在本地网的运营中心"_s);
    m_language.install(QLocale::English);
    QCOMPARE(columnOf(u"name"_s),
             (QStringList{u"Its manager"_s, u"Core agent"_s, u"Everything else"_s}));
    QCOMPARE(columnOf(u"condition"_s).constFirst(), u"has an account manager"_s);
    QCOMPARE(columnOf(u"target"_s).constLast(), u"Operations centre of the area"_s);
    QCOMPARE(columnOf(u"valid_until"_s).constFirst(), u"always"_s);
}

void TestRoutingRules::dispatcherOfOneAreaOnlyReads()
{
    openRules(u"1102"_s);
    QVERIFY(!m_desk->find(u"admin.rule.save"_s));
    QVERIFY(!m_desk->find(u"routing_rule.name"_s)->isEnabled());
    SaveRoutingRule command;
    command.rule = onServer<RoutingRule>("code = 'AM'").front().id;
    command.values = {{u"active"_s, Cell(0)}};
    QString refusal;
    m_desk->workbench().run(callOf(command), [&refusal](const Result<RunOutcome> &outcome) {
        refusal = outcome ? u"taken"_s : outcome.error().key();
    });
    m_desk->until(u"it is answered"_s, [&] { return !refusal.isEmpty(); });
    QCOMPARE(refusal, u"forbidden.role"_s);
}

QTEST_MAIN(TestRoutingRules)
#include "tst_routing_rules.moc"
