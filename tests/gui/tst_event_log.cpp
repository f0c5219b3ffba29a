#include "ui/shell/event_log.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <algorithm>

using namespace keydesk;
using namespace Qt::StringLiterals;

// What the program itself says of its times.
class TestEventLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(m_folder.isValid()); }
    void eventIsALineWithItsDetailsAndTime();
    void longTurnOfTheEventLoopIsNoted();
    void logThatCannotBeWrittenStopsNobody();

private:
    QString path(const char *test) const { return m_folder.filePath(QString::fromLatin1(test)); }
    static QList<QJsonObject> linesOf(const QString &path)
    {
        QList<QJsonObject> lines;
        QFile file(path);
        if (!file.open(QFile::ReadOnly))
            return lines;
        while (!file.atEnd())
            lines.append(QJsonDocument::fromJson(file.readLine()).object());
        return lines;
    }

    QTemporaryDir m_folder;
};

void TestEventLog::eventIsALineWithItsDetailsAndTime()
{
    EventLog log(path("lines"));
    log.note(u"painted"_s, {{u"page"_s, u"today"_s}});
    log.note(u"painted"_s, {{u"page"_s, u"sync"_s}});
    const auto lines = linesOf(path("lines"));
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[0].value(u"event"_s).toString(), u"painted"_s);
    QCOMPARE(lines[1].value(u"page"_s).toString(), u"sync"_s);
    QVERIFY(lines[0].value(u"us"_s).toInteger() > 0);
    QVERIFY(lines[0].value(u"us"_s).toInteger() <= lines[1].value(u"us"_s).toInteger());
}

void TestEventLog::longTurnOfTheEventLoopIsNoted()
{
    EventLog log(path("blocked"));
    constexpr int turn = 4 * int(EventLog::unanswered.count());
    QTimer::singleShot(0, this, [] { QThread::msleep(turn); });
    const auto longest = [this] {
        int most = 0;
        for (const QJsonObject &line : linesOf(path("blocked"))) {
            if (line.value(u"event"_s) == u"blocked"_s)
                most = std::max(most, line.value(u"ms"_s).toInt());
        }
        return most;
    };
    // Less than the turn only by the beat that was due within it.
    QTRY_VERIFY(longest() >= turn / 2);
}

void TestEventLog::logThatCannotBeWrittenStopsNobody()
{
    EventLog log(path("no/such/folder"));
    log.note(u"painted"_s);
    QVERIFY(!QFile::exists(path("no/such/folder")));
}

QTEST_MAIN(TestEventLog)
#include "tst_event_log.moc"
