#include "ui/widgets/action_source.h"
#include "ui/widgets/candidate_source.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/language.h"
#include "ui/widgets/record_picker.h"

#include <QAction>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace keydesk;

namespace {

// Answers only when told to, as a worker thread would.
class SlowSource final : public PaletteSource
{
public:
    explicit SlowSource(QChar prefix = {})
        : m_prefix(prefix)
    {
    }

    QString title() const override { return u"Customers"_s; }
    QChar prefix() const override { return m_prefix; }
    void query(const QString &text, int generation) override
    {
        asked += text;
        lastGeneration = generation;
    }
    void activate(const QString &id, bool alternate) override
    {
        activated += id;
        wasAlternate = alternate;
    }
    void answer(int generation, const QStringList &titles)
    {
        QList<Candidate> candidates;
        for (const QString &title : titles)
            candidates += Candidate{title, title, {}, {}, {}, {}, {}};
        Q_EMIT found(generation, candidates);
    }

    QStringList asked;
    QStringList activated;
    int lastGeneration = 0;
    bool wasAlternate = false;

private:
    QChar m_prefix;
};

} // namespace

class tst_Palette : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void paletteShowsAnswersAsTheyCome();
    void paletteDropsAnswersOfAnOlderGeneration();
    void palettePrefixAsksOneSourceOnly();
    void paletteKeepsTheChoiceWhenMoreArrives();
    void paletteGivesTheFocusBack();
    void paletteRunsActionsAndShowsTheirKeys();
    void pickerHoldsOnlyWhatWasChosen();

private:
    KeydeskStyle *m_style = nullptr;
    Language *m_language = nullptr;
};

void tst_Palette::initTestCase()
{
    m_style = &KeydeskStyle::install();
    m_language = new Language(this);
}

void tst_Palette::init()
{
    m_style->setTheme(Theme{});
    m_language->install(QLocale::English);
}

void tst_Palette::paletteShowsAnswersAsTheyCome()
{
    QWidget window;
    SlowSource fast, slow;
    CommandPalette palette(&window);
    palette.addSource(&fast);
    palette.addSource(&slow);
    palette.open();
    palette.lineEdit().setText(u"gsyh"_s);
    QCOMPARE(slow.asked.last(), u"gsyh"_s);
    slow.answer(slow.lastGeneration, {u"late section"_s});
    QCOMPARE(palette.list().model()->rowCount(), 1);
    fast.answer(fast.lastGeneration, {u"ICBC"_s, u"ICBC Kunming"_s});
    QCOMPARE(palette.list().model()->rowCount(), 3);
    // Sections keep the order of their sources, whoever answers first.
    QCOMPARE(palette.list().model()->index(0, 0).data().toString(), u"ICBC"_s);
}

void tst_Palette::paletteDropsAnswersOfAnOlderGeneration()
{
    QWidget window;
    SlowSource source;
    CommandPalette palette(&window);
    palette.addSource(&source);
    palette.open();
    palette.lineEdit().setText(u"g"_s);
    const int old = source.lastGeneration;
    palette.lineEdit().setText(u"gs"_s);
    source.answer(old, {u"stale"_s});
    QCOMPARE(palette.list().model()->rowCount(), 0);
}

void tst_Palette::palettePrefixAsksOneSourceOnly()
{
    QWidget window;
    SlowSource customers, people(u'@');
    CommandPalette palette(&window);
    palette.addSource(&customers);
    palette.addSource(&people);
    palette.open();
    const auto before = customers.asked.size();
    palette.lineEdit().setText(u"@ li"_s);
    QCOMPARE(customers.asked.size(), before);
    QCOMPARE(people.asked.last(), u"li"_s);
}

void tst_Palette::paletteKeepsTheChoiceWhenMoreArrives()
{
    QWidget window;
    SlowSource first, second;
    CommandPalette palette(&window);
    palette.addSource(&first);
    palette.addSource(&second);
    palette.open(u"x"_s);
    second.answer(second.lastGeneration, {u"b1"_s, u"b2"_s});
    QTest::keyClick(&palette.lineEdit(), Qt::Key_Down);
    first.answer(first.lastGeneration, {u"a1"_s});
    QTest::keyClick(&palette.lineEdit(), Qt::Key_Return, Qt::AltModifier);
    QCOMPARE(second.activated, QStringList{u"b2"_s});
    QVERIFY(second.wasAlternate);
}

void tst_Palette::paletteGivesTheFocusBack()
{
    QWidget window;
    QLineEdit field(&window);
    CommandPalette palette(&window);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    field.setFocus();
    palette.open();
    QVERIFY(palette.lineEdit().hasFocus());
    QTest::keyClick(&palette.lineEdit(), Qt::Key_Escape);
    QVERIFY(!palette.isVisible());
    QVERIFY(field.hasFocus());
}

void tst_Palette::paletteRunsActionsAndShowsTheirKeys()
{
    QAction claim(u"认领(&C)"_s), hidden(u"Hidden"_s);
    claim.setShortcut(Qt::Key_C);
    hidden.setVisible(false);
    ActionSource source;
    source.addActions({&claim, &hidden});
    QSignalSpy found(&source, &CandidateSource::found);
    QSignalSpy run(&claim, &QAction::triggered);
    source.query({}, 7);
    const auto rows = found.first().at(1).value<QList<Candidate>>();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().title, u"认领"_s);
    QCOMPARE(rows.first().shortcut, u"C"_s);
    source.activate(rows.first().id, false);
    QCOMPARE(run.size(), 1);
}

void tst_Palette::pickerHoldsOnlyWhatWasChosen()
{
    QWidget window;
    auto *picker = new RecordPicker(&window);
    auto *other = new QLineEdit(&window);
    SlowSource source;
    picker->setSource(&source);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    picker->setFocus();
    QTest::keyClicks(picker, u"icbc"_s);
    QVERIFY(picker->currentId().isEmpty());
    source.answer(source.lastGeneration, {u"ICBC Kunming"_s, u"ICBC Dali"_s});
    QVERIFY(picker->isPopupOpen());
    QTest::keyClick(picker, Qt::Key_Down);
    QTest::keyClick(picker, Qt::Key_Return);
    QCOMPARE(picker->currentId(), u"ICBC Dali"_s);
    QTest::keyClicks(picker, u"x"_s);
    QVERIFY(picker->currentId().isEmpty());
    other->setFocus();
    QVERIFY(picker->currentId().isEmpty());
    QCOMPARE(picker->text(), u"ICBC Dalix"_s);
}

QTEST_MAIN(tst_Palette)
#include "tst_palette.moc"
