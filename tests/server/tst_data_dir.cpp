#include "tool/data_dir.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace keydesk;
using namespace Qt::StringLiterals;

class TestDataDir : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home.emplace();
        m_path = m_home->filePath(u"data"_s);
    }

    void directoryIsMadeForItsOwnerAlone()
    {
        QVERIFY(QDir().mkpath(m_path));
        QVERIFY(QFile::setPermissions(m_path, QFile::Permissions(0x7777)));
        const auto dir = DataDir::own(m_path);
        QVERIFY(dir);
        const auto owner = QFile::ReadUser | QFile::WriteUser | QFile::ExeUser | QFile::ReadOwner
            | QFile::WriteOwner | QFile::ExeOwner;
        QVERIFY(!(QFileInfo(m_path).permissions() & ~owner));
        QCOMPARE(dir->adminSocket(), DataDir::adminSocketOf(m_path));
    }

    void secondOwnerIsRefusedUntilTheFirstGoes()
    {
        {
            const auto first = DataDir::own(m_path);
            QVERIFY(first);
            const auto second = DataDir::own(m_path);
            QVERIFY(!second);
            QCOMPARE(second.error().key(), u"storage.locked"_s);
            QCOMPARE(second.error().args, QStringList{QDir(m_path).absolutePath()});
        }
        QVERIFY(DataDir::own(m_path));
    }

    void killedOwnerLeavesNoLock()
    {
        int ready[2];
        QCOMPARE(::pipe(ready), 0);
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            const auto dir = DataDir::own(m_path);
            const char said = dir ? 'y' : 'n';
            if (::write(ready[1], &said, 1) == 1)
                ::pause();
            ::_exit(1);
        }
        char said = '?';
        QCOMPARE(::read(ready[0], &said, 1), 1);
        QCOMPARE(said, 'y');
        const auto meanwhile = DataDir::own(m_path);
        QVERIFY(!meanwhile);
        QCOMPARE(meanwhile.error().key(), u"storage.locked"_s);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        QVERIFY(DataDir::own(m_path));
        ::close(ready[0]);
        ::close(ready[1]);
    }

    void childProcessDoesNotInheritTheLock()
    {
        std::optional<Result<DataDir>> dir = DataDir::own(m_path);
        QVERIFY(*dir);
        QProcess sleeper;
        sleeper.start(u"sleep"_s, {u"60"_s});
        QVERIFY(sleeper.waitForStarted());
        dir.reset();
        QVERIFY(DataDir::own(m_path));
        sleeper.kill();
        sleeper.waitForFinished();
    }

    void placeThatCannotBeADirectoryIsAnError()
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        const auto dir = DataDir::own(m_path + u"/below"_s);
        QVERIFY(!dir);
        QCOMPARE(dir.error().key(), u"file.unwritable"_s);
    }

private:
    std::optional<QTemporaryDir> m_home;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestDataDir)
#include "tst_data_dir.moc"
