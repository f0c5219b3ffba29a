#include "support/sim/sim_commands.h"

#include <QFile>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// A command that has been written in three ways: with its time in minutes, then in seconds, then
// with a reason that must be given.
class Snooze final : public Command
{
public:
    static constexpr const char *name = "TestSnooze";
    static constexpr Label label{"稍后", "Snooze"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;

    qint64 seconds = 0;
    QString reason;
    static constexpr std::tuple args{Arg{"seconds", &Snooze::seconds},
                                     Arg{"reason", &Snooze::reason}};
    static constexpr std::array<Upcaster, 2> upcasters{
        [](Arguments arguments) {
            auto minutes = arguments.values.extract(u"minutes"_s);
            if (minutes)
                arguments.values[u"seconds"_s] = minutes.mapped().integer() * 60;
            return arguments;
        },
        [](Arguments arguments) {
            arguments.values.try_emplace(u"reason"_s, u"from an older version"_s);
            return arguments;
        },
    };

    Result<> permit(CommandContext &) const override { return {}; }
    Result<> apply(CommandContext &) const override { return {}; }
};

CommandCall snooze(int version, const std::map<QString, Cell> &values)
{
    CommandCall call{RecordId::create(), QString::fromLatin1(Snooze::name), version, {}};
    call.arguments.values = values;
    return call;
}

// One line of the fixtures: what some version of the program once put on the wire.
struct Recorded
{
    CommandCall call;
    QByteArray line;
};

std::vector<Recorded> recorded()
{
    QFile file(QStringLiteral(TEST_DATA_DIR "/command_versions.txt"));
    std::vector<Recorded> all;
    if (!file.open(QIODevice::ReadOnly))
        return all;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine().trimmed();
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        const QList<QByteArray> parts = line.split(' ');
        const QString type = QString::fromLatin1(parts[0]);
        const auto arguments = Arguments::fromCbor(QByteArray::fromHex(parts.value(1)));
        all.push_back({{RecordId::create(), type.section(u'@', 0, 0), type.section(u'@', 1).toInt(),
                        arguments ? *arguments : Arguments()},
                       line});
    }
    return all;
}

} // namespace

// Commands that an older version of the program put into a queue, and some from a later one
// (sync.md G15).
class TestCommandVersions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void olderArgumentsAreReadAsThisVersionWouldWriteThem_data();
    void olderArgumentsAreReadAsThisVersionWouldWriteThem();
    void versionsOutsideTheKnownOnesAreUnknown();
    void oldNameOfAnArgumentIsMalformedInTheNewVersion();
    void callIsWrittenInTheNewestVersion();
    void everythingEverRecordedIsUnderstood();
    void everyVersionOfEveryCommandIsRecorded();
};

void TestCommandVersions::olderArgumentsAreReadAsThisVersionWouldWriteThem_data()
{
    using Values = std::map<QString, Cell>;
    QTest::addColumn<int>("version");
    QTest::addColumn<Values>("given");
    const QString old = u"from an older version"_s;
    QTest::newRow("the first") << 1 << Values{{u"minutes"_s, Cell(qint64(2))}};
    QTest::newRow("the second") << 2 << Values{{u"seconds"_s, Cell(qint64(120))}};
    QTest::newRow("the third") << 3
                               << Values{{u"seconds"_s, Cell(qint64(120))},
                                         {u"reason"_s, Cell(old)}};
}

void TestCommandVersions::olderArgumentsAreReadAsThisVersionWouldWriteThem()
{
    using Values = std::map<QString, Cell>;
    QFETCH(const int, version);
    QFETCH(const Values, given);
    const CommandRegistry registry({commandType<Snooze>()});
    const CommandCall call = snooze(version, given);
    const auto current = registry.upcast(call);
    QVERIFY(current);
    QCOMPARE(current->version, 3);
    QCOMPARE(current->id, call.id);
    const auto made = registry.make(call);
    QVERIFY(made);
    const auto *read = dynamic_cast<const Snooze *>(made->get());
    QCOMPARE(read->seconds, qint64(120));
    QCOMPARE(read->reason, u"from an older version"_s);
}

void TestCommandVersions::versionsOutsideTheKnownOnesAreUnknown()
{
    const CommandRegistry registry({commandType<Snooze>()});
    for (const int version : {-1, 0, 4, 99}) {
        const auto made = registry.make(
            snooze(version, {{u"seconds"_s, Cell(qint64(1))}, {u"reason"_s, Cell(u"x"_s)}}));
        QVERIFY2(!made, qPrintable(QString::number(version)));
        QCOMPARE(made.error().key(), u"command.unknown"_s);
    }
}

void TestCommandVersions::oldNameOfAnArgumentIsMalformedInTheNewVersion()
{
    const CommandRegistry registry({commandType<Snooze>()});
    const auto made = registry.make(
        snooze(3, {{u"minutes"_s, Cell(qint64(2))}, {u"reason"_s, Cell(u"x"_s)}}));
    QVERIFY(!made);
    QCOMPARE(made.error().key(), u"command.malformed"_s);
}

void TestCommandVersions::callIsWrittenInTheNewestVersion()
{
    QCOMPARE(callOf(Snooze()).version, 3);
    QCOMPARE(callOf(sim::SimPair()).version, 1);
    QCOMPARE(callOf(sim::LaterPair()).version, 2);
}

void TestCommandVersions::everythingEverRecordedIsUnderstood()
{
    const CommandRegistry registry = makeCommandRegistry();
    QVERIFY(!recorded().empty());
    for (const Recorded &one : recorded()) {
        const auto made = registry.make(one.call);
        QVERIFY2(made,
                 made ? ""
                      : qPrintable(made.error().args.join(u' ') + u": "_s
                                   + QString::fromLatin1(one.line)));
    }
}

// Whoever changes the arguments of a command adds an upcaster, and a line of what it was before.
void TestCommandVersions::everyVersionOfEveryCommandIsRecorded()
{
    std::set<std::pair<QString, int>> there;
    for (const Recorded &one : recorded())
        there.emplace(one.call.type, one.call.version);
    QStringList missing;
    const CommandRegistry registry = makeCommandRegistry();
    for (const CommandType &type : registry.types()) {
        for (int version = 1; version <= type.version; ++version) {
            if (!there.contains({type.name, version}))
                missing.append(u"%1@%2"_s.arg(type.name).arg(version));
        }
    }
    QCOMPARE(missing.join(u", "_s), QString());
}

QTEST_GUILESS_MAIN(TestCommandVersions)
#include "tst_command_versions.moc"
