#include "base/log.h"
#include "base/log_line.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QTemporaryDir>
#include <QTest>

#include <thread>
#include <vector>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcTest, "keydesk.test.log")

const Instant morning{1'767'576'600'000};

QList<QByteArray> linesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<QByteArray> lines = file.readAll().split('\n');
    lines.removeLast();
    return lines;
}

QJsonObject parsed(const QByteArray &line)
{
    return QJsonDocument::fromJson(line).object();
}

} // namespace

class TestLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEventIsOneJsonLine();
    void hostileTextsStayOnTheirLine_data();
    void hostileTextsStayOnTheirLine();
    void longMessagesAreCut();
    void messagesOfTheProgramArrive();
    void filesRotate();
    void threadsDoNotMixLines();
    void unwritableFileIsAnError();
};

void TestLog::anEventIsOneJsonLine()
{
    QCOMPARE(logLine(morning, QtInfoMsg, "keydesk.sync.replica", u"第1批"),
             QByteArray("{\"ts\":\"2026-01-05T01:30:00.000Z\",\"level\":\"info\","
                        "\"category\":\"keydesk.sync.replica\",\"message\":\"第1批\"}"));
}

void TestLog::hostileTextsStayOnTheirLine_data()
{
    QTest::addColumn<QString>("message");
    QTest::newRow("line ends") << u"a\r\n{\"level\":\"info\"}\n"_s;
    QTest::newRow("quotes") << u"\\\"\\"_s;
    QTest::newRow("ANSI") << u"\u001b[31mred\u009b0m"_s;
    QTest::newRow("NUL") << QString::fromUtf16(u"a\0b", 3);
    QTest::newRow("separators") << u"a\u2028b\u2029c\u0085d"_s;
    QTest::newRow("bidi") << u"\u202etxt.exe\u2066\u2069\u200f\u061c"_s;
    QTest::newRow("invisible") << u"\u200b\ufeff\u00ad\U000e0041"_s;
    QTest::newRow("beyond the first plane") << u"😀𠮷"_s;
    QTest::newRow("DEL") << u"\u007f"_s;
}

void TestLog::hostileTextsStayOnTheirLine()
{
    QFETCH(QString, message);
    const QByteArray line = logLine(morning, QtWarningMsg, "c", message);
    QCOMPARE(parsed(line)[u"message"].toString(), message);
    for (const char32_t c : QString::fromUtf8(line).toUcs4())
        QVERIFY(QChar::isPrint(c));

    const QByteArray broken = logLine(morning, QtWarningMsg, "c", QString(QChar(0xd800)) + u"x"_s);
    QVERIFY(broken.contains("\\ud800x"));
}

void TestLog::longMessagesAreCut()
{
    const QByteArray line = logLine(morning, QtDebugMsg, nullptr, QString(1'000'000, u'x'));
    QVERIFY(line.size() < 17'000);
    QCOMPARE(parsed(line)[u"cut"].toInt(), 1'000'000 - 16'384);
    QCOMPARE(parsed(line)[u"category"].toString(), u"default"_s);
}

void TestLog::messagesOfTheProgramArrive()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"log.jsonl"_s);
    const ManualClock clock(morning);
    {
        const Log log(clock, std::move(LogFile::open(path, {}).value()));
        qCInfo(lcTest) << "batch" << 7;
        qCWarning(lcTest, "disk at %d%%", 93);
    }
    const auto lines = linesOf(path);
    QCOMPARE(lines.size(), 2);
    QCOMPARE(parsed(lines[0])[u"message"].toString(), u"batch 7"_s);
    QCOMPARE(parsed(lines[0])[u"category"].toString(), u"keydesk.test.log"_s);
    QCOMPARE(parsed(lines[1])[u"level"].toString(), u"warning"_s);
    QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void TestLog::filesRotate()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"log.jsonl"_s);
    LogFile file = std::move(LogFile::open(path, {.bytes = 100, .predecessors = 2}).value());
    for (int i = 0; i < 50; ++i)
        file.write("line " + QByteArray::number(i).rightJustified(14, '0'));
    QCOMPARE(linesOf(path).constLast(), QByteArray("line 00000000000049"));
    QCOMPARE(linesOf(path + u".1"_s).size(), 5);
    QCOMPARE(linesOf(path + u".2"_s).size(), 5);
    QVERIFY(!QFile::exists(path + u".3"_s));
    QVERIFY(QFile(path).size() <= 100);
}

void TestLog::threadsDoNotMixLines()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"log.jsonl"_s);
    const ManualClock clock(morning);
    {
        const Log log(clock, std::move(LogFile::open(path, {}).value()));
        std::vector<std::thread> threads;
        threads.reserve(4);
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([] {
                for (int i = 0; i < 250; ++i)
                    qCInfo(lcTest) << "a\nb";
            });
        for (std::thread &thread : threads)
            thread.join();
    }
    const auto lines = linesOf(path);
    QCOMPARE(lines.size(), 1000);
    for (const QByteArray &line : lines)
        QCOMPARE(parsed(line)[u"message"].toString(), u"a\nb"_s);
}

void TestLog::unwritableFileIsAnError()
{
    const auto file = LogFile::open(u"/nonexistent/log.jsonl"_s, {});
    QVERIFY(!file);
    QCOMPARE(file.error().key(), u"file.unwritable"_s);
}

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"
