#include "gui/one_desk.h"
#include "ui/widgets/toast.h"

#include <QFile>
#include <QFileDialog>
#include <QtTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

// Rows leave a desktop in a file only where the table of rights lets them, and never without a line
// in the server's audit trail (sync.md, G12).
class TestExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void exportByKeyboardLeavesOneLineAtTheServer();
    void whoMayNotExportIsToldWhom();
    void cutLineKeepsTheExportInTheQueue();

private:
    /// Ctrl+E in the list of customers and a name for the file.
    void exportTo(DesktopDriver &desk, const QString &path);
    QStringList trail();

    std::unique_ptr<OneDesk> m_town;
    std::unique_ptr<QTemporaryDir> m_files;
};

void TestExport::init()
{
    m_town = std::make_unique<OneDesk>();
    m_files = std::make_unique<QTemporaryDir>();
}

void TestExport::cleanup()
{
    m_town.reset();
}

QStringList TestExport::trail()
{
    QStringList lines;
    Query query = m_town->office.store().database().query(
        "SELECT a.actor, a.object, a.outcome, d.new_value FROM audit a LEFT JOIN change_detail d "
        "ON "
        "d.pos = a.pos WHERE a.action='ExportRecords' ORDER BY a.pos");
    while (query.next())
        lines.append(
            QStringList{query.text(0), query.text(1), query.text(2), query.text(3)}.join(u'|'));
    return lines;
}

void TestExport::exportTo(DesktopDriver &desk, const QString &path)
{
    desk.window().goTo(u"customers"_s);
    desk.untilPage(u"customers"_s).untilStill().press(u"Ctrl+E"_s);
    desk.until(u"a name is asked for"_s, [] {
        return qobject_cast<QFileDialog *>(QApplication::activeModalWidget()) != nullptr;
    });
    desk.press(u"Ctrl+A"_s).type(path).press(u"Return"_s);
    desk.until(u"the file is there"_s, [&path] { return QFile::exists(path); });
}

void TestExport::exportByKeyboardLeavesOneLineAtTheServer()
{
    DesktopDriver &desk = m_town->enter(u"1101"_s);
    const QString path = m_files->filePath(u"customers.csv"_s);
    exportTo(desk, path);
    desk.untilSettled();
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().trimmed().count('\n'), 2); // a heading and both customers
    const QStringList lines = trail();
    QCOMPARE(lines.size(), 1);
    QVERIFY2(lines.front().startsWith(m_town->manager.text() + u"|account rows=2 masked="_s),
             qPrintable(lines.front()));
    QVERIFY2(lines.front().contains(u"|applied|"_s), qPrintable(lines.front()));
}

void TestExport::whoMayNotExportIsToldWhom()
{
    m_town->addPerson(u"1141"_s, Role::PartnerAgent);
    DesktopDriver &desk = m_town->enter(u"1141"_s);
    desk.window().goTo(u"customers"_s);
    desk.untilPage(u"customers"_s).untilStill().press(u"Ctrl+E"_s);
    desk.until(u"it is said why not"_s, [&desk] {
        const auto toasts = desk.window().findChildren<Toast *>();
        return std::any_of(toasts.begin(), toasts.end(), [](const Toast *toast) {
            return toast->text().contains(u"客户经理"_s) || toast->text().contains(u"manager"_s);
        });
    });
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    QVERIFY(!QApplication::activeModalWidget());
    desk.untilSettled();
    QCOMPARE(trail(), QStringList());
}

void TestExport::cutLineKeepsTheExportInTheQueue()
{
    DesktopDriver &desk = m_town->enter(u"1101"_s);
    desk.untilSettled();
    m_town->office.setReachable(false);
    exportTo(desk, m_files->filePath(u"offline.csv"_s));
    QCOMPARE(desk.workbench().queue().size(), std::size_t(1));
    QCOMPARE(trail(), QStringList());
    m_town->office.setReachable(true);
    desk.press(u"F5"_s);
    desk.untilSettled();
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    QCOMPARE(trail().size(), 1);
}

QTEST_MAIN(TestExport)
#include "tst_export.moc"
