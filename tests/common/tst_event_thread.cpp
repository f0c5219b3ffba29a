#include "base/event_thread.h"

#include <QtTest>

using namespace keydesk;

namespace {

std::atomic<bool> lastTraceIsGone = false;

// Stands for what a library keeps for each thread and frees when the thread ends.
struct Trace
{
    ~Trace()
    {
        QThread::msleep(50);
        lastTraceIsGone = true;
    }
    void leave() { m_isThere = true; }

private:
    bool m_isThere = false;
};

thread_local Trace trace;

// Notes the thread it dies on.
class Mortal final : public QObject
{
public:
    explicit Mortal(QThread *&died)
        : m_died(died)
    {
    }
    ~Mortal() override { m_died = QThread::currentThread(); }

private:
    QThread *&m_died;
};

} // namespace

class TestEventThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anObjectWorksAndDiesOnTheThread();
    void theThreadIsGoneWhenJoined();
    void whatWasPostedBeforeItIsToldToEndRuns();
    void whatIsDeletedLaterInTheLastEventIsDeleted();
    void severalMayWaitForIt();
};

void TestEventThread::anObjectWorksAndDiesOnTheThread()
{
    QThread *worked = nullptr;
    QThread *died = nullptr;
    {
        EventThread thread("test");
        auto *object = new Mortal(died);
        thread.adopt(object);
        QMetaObject::invokeMethod(
            object, [&] { worked = QThread::currentThread(); }, Qt::BlockingQueuedConnection);
    }
    QVERIFY(worked);
    QVERIFY(worked != QThread::currentThread());
    QCOMPARE(died, worked);
}

void TestEventThread::theThreadIsGoneWhenJoined()
{
    EventThread thread("test");
    auto *object = new QObject;
    thread.adopt(object);
    QMetaObject::invokeMethod(
        object, [] { trace.leave(); }, Qt::BlockingQueuedConnection);
    QVERIFY(!lastTraceIsGone);
    thread.quit();
    thread.join();
    QVERIFY(lastTraceIsGone);
}

void TestEventThread::whatWasPostedBeforeItIsToldToEndRuns()
{
    int ran = 0;
    {
        EventThread thread("test");
        auto *object = new QObject;
        thread.adopt(object);
        for (int one = 0; one < 100; ++one)
            QMetaObject::invokeMethod(object, [&] { ++ran; });
        QMetaObject::invokeMethod(object, [&] { thread.quit(); });
        thread.join();
    }
    QCOMPARE(ran, 100);
}

void TestEventThread::whatIsDeletedLaterInTheLastEventIsDeleted()
{
    QThread *died = nullptr;
    {
        EventThread thread("test");
        auto *object = new QObject;
        thread.adopt(object);
        QMetaObject::invokeMethod(object, [&] {
            thread.quit();
            (new Mortal(died))->deleteLater();
        });
        thread.join();
    }
    QVERIFY(died);
}

void TestEventThread::severalMayWaitForIt()
{
    EventThread first("first");
    EventThread second("second");
    auto *waiting = new QObject;
    second.adopt(waiting);
    std::atomic<bool> waited = false;
    QMetaObject::invokeMethod(waiting, [&] {
        first.join();
        waited = true;
        second.quit();
    });
    first.quit();
    first.join();
    second.join();
    QVERIFY(waited);
}

QTEST_GUILESS_MAIN(TestEventThread)
#include "tst_event_thread.moc"
