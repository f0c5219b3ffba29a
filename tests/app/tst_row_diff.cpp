#include "query/row_diff.h"

#include <QRandomGenerator>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// "a b c1": ids, each with a value behind its letter.
std::vector<ResultRow> rows(const QString &text)
{
    std::vector<ResultRow> all;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts))
        all.push_back({word.left(1), {Cell(word.mid(1))}});
    return all;
}

// Takes the steps as a model would.
std::vector<ResultRow> walk(std::vector<ResultRow> now, const std::vector<DiffStep> &steps,
                            const std::vector<ResultRow> &after)
{
    for (const DiffStep &step : steps) {
        const auto at = [&now](int row) { return now.begin() + row; };
        switch (step.kind) {
        case DiffStep::Remove:
            now.erase(at(step.first), at(step.last + 1));
            break;
        case DiffStep::Move: {
            const ResultRow row = now[std::size_t(step.first)];
            now.erase(at(step.first));
            now.insert(at(step.to), row);
            break;
        }
        case DiffStep::Insert:
            now.insert(at(step.first), after.begin() + step.first, after.begin() + step.last + 1);
            break;
        case DiffStep::Change:
            std::copy(after.begin() + step.first, after.begin() + step.last + 1, at(step.first));
            break;
        }
    }
    return now;
}

} // namespace

class TestRowDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsAreFew_data();
    void stepsAreFew();
    void stepsLeadFromAnyRowsToAnyOthers();
    void manyMovesAreAReset();
};

void TestRowDiff::stepsAreFew_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<int>("steps");
    QTest::newRow("nothing changed") << u"a b c"_s << u"a b c"_s << 0;
    QTest::newRow("neighbours come together") << u"a d"_s << u"a b c d"_s << 1;
    QTest::newRow("neighbours go together") << u"a b c d"_s << u"a d"_s << 1;
    QTest::newRow("one value changed") << u"a b c"_s << u"a b1 c"_s << 1;
    QTest::newRow("the first became the last") << u"a b c d e"_s << u"b c d e a"_s << 1;
    QTest::newRow("the last became the first") << u"a b c d e"_s << u"e a b c d"_s << 1;
    QTest::newRow("one moved and changed") << u"a b c d"_s << u"b c a1 d"_s << 2;
    QTest::newRow("one went, another came") << u"a b c"_s << u"a c d"_s << 2;
}

void TestRowDiff::stepsAreFew()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(int, steps);
    const auto found = diffRows(rows(before), rows(after));
    QVERIFY(found.has_value());
    QCOMPARE(int(found->size()), steps);
    QVERIFY(walk(rows(before), *found, rows(after)) == rows(after));
}

void TestRowDiff::stepsLeadFromAnyRowsToAnyOthers()
{
    QRandomGenerator random(7);
    const auto someRows = [&random] {
        QString letters = u"abcdefghij"_s;
        QString text;
        for (int i = random.bounded(11); i > 0; --i) {
            const QChar letter = letters[random.bounded(int(letters.size()))];
            letters.remove(letter);
            text += letter + QString::number(random.bounded(2)) + u' ';
        }
        return text;
    };
    for (int i = 0; i < 5000; ++i) {
        const QString before = someRows();
        const QString after = someRows();
        const auto steps = diffRows(rows(before), rows(after));
        QVERIFY(steps.has_value());
        QVERIFY2(walk(rows(before), *steps, rows(after)) == rows(after),
                 qPrintable(before + u"-> "_s + after));
    }
}

void TestRowDiff::manyMovesAreAReset()
{
    std::vector<ResultRow> forward;
    forward.reserve(200);
    for (int i = 0; i < 200; ++i)
        forward.push_back({QString::number(i), {}});
    const std::vector<ResultRow> backward(forward.rbegin(), forward.rend());
    QVERIFY(!diffRows(forward, backward).has_value());
}

QTEST_GUILESS_MAIN(TestRowDiff)
#include "tst_row_diff.moc"
