#include "commands/registry.h"
#include "commands/rights.h"
#include "domain/entities.h"

#include <QFile>
#include <QtTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

QByteArray tableOfRights()
{
    (void)RightsPolicy::shipped(); // so that the resource is there
    QFile file(u":/rights/policy.txt"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no table of rights");
    return file.readAll();
}

} // namespace

// The table of rights as a file: whatever is missing in it, or says nothing, is a fault that names
// itself, so that no program starts and no build passes without every cell (reliability.md, T20).
class TestRightsTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCommandAndEveryKindOfRecordHasALine();
    void aMissingLineIsNamed();
    void aMissingCellIsFoundInEveryLine();
    void aWrongLetterIsNamedWithItsColumn();
    void aRoleTooFewIsAFault();
    void severalRolesMayDoWhatAnyOfThemMay();

private:
    const CommandRegistry m_registry = makeCommandRegistry();
    const Catalog m_catalog = makeCatalog();
};

void TestRightsTable::everyCommandAndEveryKindOfRecordHasALine()
{
    const auto right = checkRights(m_registry, m_catalog);
    QVERIFY2(right, right ? "" : qPrintable(right.error().args.join(u' ')));
}

void TestRightsTable::aMissingLineIsNamed()
{
    QByteArrayList lines = tableOfRights().split('\n');
    const auto removed = lines.removeIf(
        [](const QByteArray &line) { return line.startsWith("MoveStage "); });
    QCOMPARE(removed, 1);
    const auto faulty = checkRights(lines.join('\n'), m_registry, m_catalog);
    QVERIFY(!faulty);
    QCOMPARE(faulty.error().key(), u"rights.policy"_s);
    QCOMPARE(faulty.error().args.value(2), u"MoveStage"_s);
}

void TestRightsTable::aMissingCellIsFoundInEveryLine()
{
    const QByteArrayList lines = tableOfRights().split('\n');
    int tried = 0;
    bool inTable = false;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        inTable = inTable || lines[i].startsWith("sight ");
        if (!inTable || lines[i].isEmpty() || lines[i].startsWith('#'))
            continue;
        QByteArrayList shortened = lines;
        shortened[i] = lines[i].simplified();
        shortened[i].truncate(shortened[i].lastIndexOf(' '));
        const auto faulty = checkRights(shortened.join('\n'), m_registry, m_catalog);
        QVERIFY2(!faulty, lines[i].constData());
        QCOMPARE(faulty.error().args.value(0), QString::number(i + 1));
        ++tried;
    }
    QVERIFY(tried > 80);
}

void TestRightsTable::aWrongLetterIsNamedWithItsColumn()
{
    QByteArray text = tableOfRights();
    const qsizetype at = text.indexOf("\nMoveStage ");
    const qsizetype cell = text.indexOf(" o ", at);
    text[cell + 1] = 'x';
    const auto faulty = checkRights(text, m_registry, m_catalog);
    QVERIFY(!faulty);
    const QStringList wanted{QString::number(text.first(at + 1).count('\n') + 1), u"HA"_s, u"x"_s};
    QCOMPARE(faulty.error().args, wanted);
}

void TestRightsTable::aRoleTooFewIsAFault()
{
    QByteArray text = tableOfRights();
    text.replace("role EX executive\n", "");
    const auto faulty = checkRights(text, m_registry, m_catalog);
    QVERIFY(!faulty);
    QCOMPARE(faulty.error().key(), u"rights.policy"_s);
}

void TestRightsTable::severalRolesMayDoWhatAnyOfThemMay()
{
    const RightsPolicy &policy = RightsPolicy::shipped();
    const Codes<Role> both{{keyOf(Role::Dispatcher), keyOf(Role::Supervisor)}};
    QCOMPARE(policy.relationsFor(u"MarkInvalid"_s, both),
             Relation::Own | Relation::Area | Relation::Led);
    Staff staff;
    staff.roles = both;
    staff.teamId = RecordId::create();
    QVERIFY(policy.areaSight(staff) == Sight::Masked); // as dispatcher; he leads his team
    staff.teamId = {};
    QVERIFY(policy.areaSight(staff) == Sight::Full);
}

QTEST_GUILESS_MAIN(TestRightsTable)
#include "tst_rights_table.moc"
