#include "support/gate.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

const QString password = Gate::password();

} // namespace

class TestGatekeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void enrolmentCodeWorksOnce();
    void lostEnrolmentAnswerIsGivenAgainToTheSameKey();
    void enrolmentCodeDiesAfterADay();
    void passwordLetsInFromTheOwnDevice();
    void deviceOfSomebodyElseIsUnknown();
    void recordedSignatureIsWorthNothing();
    void tokenWorksOnlyWithItsDevice();
    void oldTokenWorksUntilTheNewOneWasUsed();
    void idleSessionEnds();
    void bootCounterMustRise();
    void serverThatKnowsLessIsRefused();
    void restoredServerIsNoRollback();
    void disabledPersonIsToldSoAfterTheRightPassword();
    void disablingEndsTheSessions();
    void secondPersonOfAPcGetsADeviceOfHisOwn();
    void partnerHasALeaseOfADay();
    void loginsAndFailuresStandInTheTrail();
    void deviceToBeWipedIsLetInToHandOverItsQueue();
    void deviceToBeWipedHandsOverAfterALongAbsence();
    void cloneToBeWipedIsNotLetInBefore();
    void wipedDeviceIsToldSoAndNeverLetIn();
    void whoeverMayNotComeInAnyMoreIsOnlyWiped();
};

void TestGatekeeper::enrolmentCodeWorksOnce()
{
    Gate gate;
    const Staff agent = gate.add(person(u"hot1"_s, Role::HotlineAgent));
    const QString code = gate.codeFor(agent);
    const DeviceKey key = DeviceKey::create();
    const auto first = gate.enrol({code, key.publicKey(), u"test"_s});
    QVERIFY(first);
    QCOMPARE(first->userCode, agent.code);
    const auto second = gate.enrol({code, DeviceKey::create().publicKey(), u"test"_s});
    QVERIFY(!second);
    QCOMPARE(second.error().key(), u"enrol.code_invalid"_s);
}

void TestGatekeeper::lostEnrolmentAnswerIsGivenAgainToTheSameKey()
{
    Gate gate;
    const Staff agent = gate.add(person(u"hot1"_s, Role::HotlineAgent));
    const QString code = gate.codeFor(agent);
    Pc pc(gate);
    const auto lost = gate.enrol({code, pc.key.publicKey(), u"test"_s});
    const auto again = gate.enrol({code, pc.key.publicKey(), u"test"_s});
    QVERIFY(lost && again);
    QCOMPARE(again->deviceId, lost->deviceId);
    QCOMPARE(gate.text("SELECT count(*) FROM device"), u"1"_s);

    pc.device = again->deviceId;
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
    const auto late = gate.enrol({code, pc.key.publicKey(), u"test"_s}); // it has arrived
    QVERIFY(!late);
    QCOMPARE(late.error().key(), u"enrol.code_invalid"_s);
}

void TestGatekeeper::enrolmentCodeDiesAfterADay()
{
    Gate gate;
    const Staff agent = gate.add(person(u"hot1"_s, Role::HotlineAgent));
    const QString code = gate.codeFor(agent);
    gate.clock.advance(day);
    QVERIFY(!gate.enrol({code, DeviceKey::create().publicKey(), u"test"_s}));
}

void TestGatekeeper::passwordLetsInFromTheOwnDevice()
{
    Gate gate;
    const Staff agent = gate.add(person(u"hot1"_s, Role::HotlineAgent));
    Pc pc(gate);
    QCOMPARE(pc.enrol(agent), QString());
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
    QCOMPARE(pc.welcome.userId, agent.id.text());
    QCOMPARE(pc.welcome.leaseUntil - pc.welcome.serverTime, 7 * day);
    QCOMPARE(pc.welcome.head, gate.writer->head());
    QVERIFY(!pc.welcome.tokenId.isEmpty());
}

void TestGatekeeper::deviceOfSomebodyElseIsUnknown()
{
    Gate gate;
    gate.add(person(u"hot2"_s, Role::HotlineAgent));
    Pc pc(gate);
    QCOMPARE(pc.enrol(gate.add(person(u"hot1"_s, Role::HotlineAgent))), QString());
    QCOMPARE(pc.signIn(u"hot2"_s, u"wrong"_s), u"login.wrong"_s);
    QCOMPARE(pc.signIn(u"hot2"_s, password), u"login.device_unknown"_s);
}

void TestGatekeeper::recordedSignatureIsWorthNothing()
{
    Gate gate;
    Pc pc(gate);
    QCOMPARE(pc.enrol(gate.add(person(u"hot1"_s, Role::HotlineAgent))), QString());
    pc.signedNonce = QByteArray(32, 'x');
    QCOMPARE(pc.signIn(u"hot1"_s, password), u"login.device_unknown"_s);
}

void TestGatekeeper::tokenWorksOnlyWithItsDevice()
{
    Gate gate;
    const Staff agent = gate.add(person(u"hot1"_s, Role::HotlineAgent));
    Pc pc(gate);
    Pc thief(gate);
    QCOMPARE(pc.enrol(agent), QString());
    QCOMPARE(thief.enrol(agent), QString());
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
    QCOMPARE(thief.resume(pc.welcome.tokenId, pc.welcome.tokenSecret), u"login.session_ended"_s);
    QCOMPARE(pc.resume(pc.welcome.tokenId, "guess"), u"login.session_ended"_s);
    QCOMPARE(pc.resume(), QString());
}

void TestGatekeeper::oldTokenWorksUntilTheNewOneWasUsed()
{
    Gate gate;
    Pc pc(gate);
    QCOMPARE(pc.enrol(gate.add(person(u"hot1"_s, Role::HotlineAgent))), QString());
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
    const Welcome first = pc.welcome;
    QCOMPARE(pc.resume(), QString());
    QCOMPARE(pc.resume(first.tokenId, first.tokenSecret), QString()); // the answer was lost
    QCOMPARE(pc.resume(), QString());
    QCOMPARE(pc.resume(first.tokenId, first.tokenSecret), u"login.session_ended"_s);
}

void TestGatekeeper::idleSessionEnds()
{
    Gate gate;
    Pc pc(gate);
    QCOMPARE(pc.enrol(gate.add(person(u"hot1"_s, Role::HotlineAgent))), QString());
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
    gate.clock.advance(11 * hour);
    QCOMPARE(pc.resume(), QString());
    gate.clock.advance(13 * hour);
    QCOMPARE(pc.resume(), u"login.session_ended"_s);
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
}

void TestGatekeeper::bootCounterMustRise()
{
    Gate gate;
    Pc pc(gate);
    QCOMPARE(pc.enrol(gate.add(person(u"hot1"_s, Role::HotlineAgent))), QString());
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
    --pc.boot; // the copy of a disk
    QCOMPARE(pc.signIn(u"hot1"_s, password), u"login.device_unknown"_s);
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
}

void TestGatekeeper::serverThatKnowsLessIsRefused()
{
    Gate gate;
    Pc pc(gate);
    QCOMPARE(pc.enrol(gate.add(person(u"hot1"_s, Role::HotlineAgent))), QString());
    pc.epoch = gate.keeper->challenge().epoch;
    pc.cursor = 1'000'000;
    QCOMPARE(pc.signIn(u"hot1"_s, password), u"sync.rollback"_s);
    pc.cursor = 0;
    pc.lastAcked = 1;
    QCOMPARE(pc.signIn(u"hot1"_s, password), u"sync.rollback"_s);
    pc.lastAcked = 0;
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
}

void TestGatekeeper::restoredServerIsNoRollback()
{
    Gate gate;
    Pc pc(gate);
    QCOMPARE(pc.enrol(gate.add(person(u"hot1"_s, Role::HotlineAgent))), QString());
    pc.epoch = u"the incarnation before"_s;
    pc.cursor = 1'000'000;
    pc.lastAcked = 7;
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
    QCOMPARE(pc.welcome.lastN, 0);
}

void TestGatekeeper::disabledPersonIsToldSoAfterTheRightPassword()
{
    Gate gate;
    Staff agent = gate.add(person(u"hot1"_s, Role::HotlineAgent));
    Pc pc(gate);
    QCOMPARE(pc.enrol(agent), QString());
    agent.status = StaffStatus::Disabled;
    gate.perform([&](Authority &, Transaction &tx, AuditEntry &) { return tx.update(agent); });
    QCOMPARE(pc.signIn(u"hot1"_s, u"wrong"_s), u"login.wrong"_s);
    QCOMPARE(pc.signIn(u"hot1"_s, password), u"forbidden.disabled"_s);
}

void TestGatekeeper::disablingEndsTheSessions()
{
    Gate gate;
    Staff agent = gate.add(person(u"hot1"_s, Role::HotlineAgent));
    Pc pc(gate);
    QCOMPARE(pc.enrol(agent), QString());
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
    agent.status = StaffStatus::Disabled;
    gate.perform([&](Authority &, Transaction &tx, AuditEntry &) { return tx.update(agent); });
    QVERIFY(gate.queue.runUntil([&] { return gate.ended.contains(agent.id.text()); }));
    QCOMPARE(pc.resume(), u"forbidden.disabled"_s);
}

void TestGatekeeper::secondPersonOfAPcGetsADeviceOfHisOwn()
{
    Gate gate;
    Pc first(gate);
    QCOMPARE(first.enrol(gate.add(person(u"hot1"_s, Role::HotlineAgent))), QString());
    const Staff other = gate.add(person(u"hot2"_s, Role::HotlineAgent));
    Pc second(gate);
    const QByteArray nonce = randomBytes(32);
    Enrol request;
    request.publicKey = second.key.publicKey();
    request.user = other.code;
    request.password = password;
    request.hostDevice = first.device;
    const auto refused = gate.enrol(request, nonce); // not signed by the first
    QVERIFY(!refused);
    QCOMPARE(refused.error().key(), u"login.device_unknown"_s);
    request.signature = first.key.sign(AuthTranscript::forNewDevice(nonce, Gate::certificateHash(),
                                                                    first.device, request.publicKey)
                                           .bytes());
    const auto enrolled = gate.enrol(request, nonce);
    QVERIFY(enrolled);
    second.device = enrolled->deviceId;
    QVERIFY(second.device != first.device);
    QCOMPARE(second.signIn(u"hot2"_s, password), QString());
}

void TestGatekeeper::partnerHasALeaseOfADay()
{
    Gate gate;
    Pc pc(gate);
    QCOMPARE(pc.enrol(gate.add(person(u"p1"_s, Role::PartnerAgent))), QString());
    QCOMPARE(pc.signIn(u"p1"_s, password), QString());
    QCOMPARE(pc.welcome.leaseUntil - pc.welcome.serverTime, day);
}

void TestGatekeeper::loginsAndFailuresStandInTheTrail()
{
    Gate gate;
    Pc pc(gate);
    QCOMPARE(pc.enrol(gate.add(person(u"hot1"_s, Role::HotlineAgent))), QString());
    QCOMPARE(pc.signIn(u"hot1"_s, u"wrong"_s), u"login.wrong"_s);
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
    gate.perform([](Authority &, Transaction &, AuditEntry &) { return Result<>(); });
    QCOMPARE(gate.text("SELECT group_concat(action || ' ' || outcome, ', ') FROM audit"),
             u"enrol applied, login login.wrong, login applied"_s);
}

void TestGatekeeper::deviceToBeWipedIsLetInToHandOverItsQueue()
{
    Gate gate;
    Pc pc(gate);
    QCOMPARE(pc.enrol(gate.add(person(u"hot1"_s, Role::HotlineAgent))), QString());
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
    QVERIFY(!pc.mustWipe);
    pc.wipe();
    QCOMPARE(pc.signIn(u"hot1"_s, u"wrong"_s), u"login.wrong"_s);
    QCOMPARE(pc.resume(), QString());
    QVERIFY(pc.mustWipe);
}

void TestGatekeeper::deviceToBeWipedHandsOverAfterALongAbsence()
{
    Gate gate;
    Pc pc(gate);
    QCOMPARE(pc.enrol(gate.add(person(u"hot1"_s, Role::HotlineAgent))), QString());
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
    pc.wipe();
    gate.clock.advance(30 * day);
    QCOMPARE(pc.resume(), QString());
    QVERIFY(pc.mustWipe);
}

void TestGatekeeper::cloneToBeWipedIsNotLetInBefore()
{
    Gate gate;
    Pc pc(gate);
    QCOMPARE(pc.enrol(gate.add(person(u"hot1"_s, Role::HotlineAgent))), QString());
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
    gate.perform([](Authority &authority, Transaction &, AuditEntry &) {
        return authority.store().database().execute("UPDATE device SET status='quarantined'");
    });
    QCOMPARE(pc.resume(), u"login.device_unknown"_s);
    pc.wipe();
    QCOMPARE(pc.resume(), u"device.wipe"_s);
    QCOMPARE(pc.signIn(u"hot1"_s, password), u"device.wipe"_s);
}

void TestGatekeeper::wipedDeviceIsToldSoAndNeverLetIn()
{
    Gate gate;
    Pc pc(gate);
    const Staff agent = gate.add(person(u"hot1"_s, Role::HotlineAgent));
    QCOMPARE(pc.enrol(agent), QString());
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
    pc.wipe();
    gate.keeper->noteWiped(pc.device, agent.id.text());
    gate.perform([](Authority &, Transaction &, AuditEntry &) { return Result<>(); });
    QCOMPARE(pc.signIn(u"hot1"_s, password), u"device.wiped"_s);
    QCOMPARE(pc.resume(), u"device.wiped"_s);
    QCOMPARE(gate.text("SELECT count(*) FROM session"), u"0"_s);
    QCOMPARE(gate.text("SELECT action FROM audit ORDER BY pos DESC LIMIT 1"), u"device.wiped"_s);
    Pc fresh(gate);
    QCOMPARE(fresh.enrol(agent), QString());
    QCOMPARE(fresh.signIn(u"hot1"_s, password), QString());
}

void TestGatekeeper::whoeverMayNotComeInAnyMoreIsOnlyWiped()
{
    Gate gate;
    Pc pc(gate);
    Staff agent = gate.add(person(u"hot1"_s, Role::HotlineAgent));
    QCOMPARE(pc.enrol(agent), QString());
    QCOMPARE(pc.signIn(u"hot1"_s, password), QString());
    pc.wipe();
    agent.status = StaffStatus::Disabled;
    gate.perform([&](Authority &, Transaction &tx, AuditEntry &) { return tx.update(agent); });
    QCOMPARE(pc.resume(), u"device.wipe"_s);
}

QTEST_GUILESS_MAIN(TestGatekeeper)
#include "tst_gatekeeper.moc"
