#include "base/search_text.h"

#include <QTest>

#include <sqlite3.h>

#include <memory>
#include <set>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// A real FTS5 table in memory; the tokenizer is what is under test beside our words.
class Index
{
public:
    explicit Index(const QByteArray &options)
    {
        sqlite3 *opened = nullptr;
        sqlite3_open(":memory:", &opened);
        m_database.reset(opened);
        run("CREATE VIRTUAL TABLE t USING fts5(words, content='', tokenize=\"unicode61" + options
            + "\")");
        run("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')");
    }

    void run(const QByteArray &sql)
    {
        char *message = nullptr;
        sqlite3_exec(m_database.get(), sql.constData(), nullptr, nullptr, &message);
        const QByteArray kept = message;
        sqlite3_free(message);
        QVERIFY2(kept.isEmpty(), kept.constData());
    }

    void add(qint64 row, const QString &words)
    {
        query("INSERT INTO t(rowid, words) VALUES(" + QByteArray::number(row) + ", ?)", words);
    }

    std::set<qint64> find(const QString &expression)
    {
        if (expression.isEmpty())
            return {};
        std::set<qint64> rows;
        for (const QByteArray &row : query("SELECT rowid FROM t WHERE t MATCH ?", expression))
            rows.insert(row.toLongLong());
        return rows;
    }

    // The tokens that SQLite made, in the order of the text.
    QStringList tokens()
    {
        QStringList found;
        for (const QByteArray &term : query("SELECT term FROM v ORDER BY doc, offset", {}))
            found += QString::fromUtf8(term);
        return found;
    }

private:
    std::vector<QByteArray> query(const QByteArray &sql, const QString &bound)
    {
        sqlite3_stmt *statement = nullptr;
        sqlite3_prepare_v2(m_database.get(), sql.constData(), -1, &statement, nullptr);
        const QByteArray text = bound.toUtf8();
        sqlite3_bind_text(statement, 1, text.constData(), int(text.size()), SQLITE_TRANSIENT);
        std::vector<QByteArray> column;
        int step = 0;
        while ((step = sqlite3_step(statement)) == SQLITE_ROW)
            column.push_back(reinterpret_cast<const char *>(sqlite3_column_text(statement, 0)));
        sqlite3_finalize(statement);
        if (step != SQLITE_DONE)
            qFatal("%s: %s", sqlite3_errmsg(m_database.get()), text.constData());
        return column;
    }

    struct Close
    {
        void operator()(sqlite3 *database) const { sqlite3_close(database); }
    };
    std::unique_ptr<sqlite3, Close> m_database;
};

} // namespace

class TestSearchText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void namesAreFound_data();
    void namesAreFound();
    void numbersAreFound_data();
    void numbersAreFound();
    void peopleAreFoundByBothReadings();
    void nothingTypedFindsNothing();
    void operatorsAreText_data();
    void operatorsAreText();
    void everyCharacterIsOneToken_data();
    void everyCharacterIsOneToken();
    void longTextsStayBounded();

private:
    Index m_index{" remove_diacritics 0"};
};

void TestSearchText::initTestCase()
{
    const QStringList names{QString(),
                            u"中国工商银行股份有限公司昆明分行"_s,
                            u"苏州工业园区管理委员会"_s,
                            u"万科Ａ"_s,
                            u"重庆长江律师事务所"_s,
                            u"China Vanke Co.,Ltd."_s,
                            u"5G专网（二期）"_s,
                            u"𠮷野家快餐"_s,
                            u"L'Oréal 欧莱雅"_s};
    for (qsizetype i = 1; i < names.size(); ++i)
        m_index.add(i, SearchText().add(names[i]).words());
    m_index.add(20,
                SearchText().add(u"单芳").addPhones(u"13800138000 / 0871-63123456转8001").words());
    m_index.add(21, SearchText().addCode(u"KM-8710012345").add(u"2026-01-05 签约").words());
}

void TestSearchText::namesAreFound_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("row");
    const std::pair<QString, int> cases[] = {{u"工"_s, 1},
                                             {u"昆"_s, 1},
                                             {u"工商"_s, 1},
                                             {u"工商银行"_s, 1},
                                             {u"银行股份"_s, 1},
                                             {u"gsyh"_s, 1},
                                             {u"zggsyh"_s, 1},
                                             {u"GSYH"_s, 1},
                                             {u"gongshang"_s, 1},
                                             {u"kunming"_s, 1},
                                             {u"工商 昆明"_s, 1},
                                             {u"gsyh昆明"_s, 1},
                                             {u"工行"_s, 0},
                                             {u"商工"_s, 0},
                                             {u"银行工商"_s, 0},
                                             {u"zggsyhgfyxgskmfh"_s, 1},
                                             {u"zhongguogongshangyinhanggufenyouxian"_s, 1},
                                             {u"园区"_s, 2},
                                             {u"szgyyq"_s, 2},
                                             {u"wka"_s, 3},
                                             {u"万科a"_s, 3},
                                             {u"cqcj"_s, 4},
                                             {u"cjlssws"_s, 4},
                                             {u"lvshi"_s, 4},
                                             {u"lushi"_s, 4},
                                             {u"vanke"_s, 5},
                                             {u"van"_s, 5},
                                             {u"china VANKE"_s, 5},
                                             {u"5g"_s, 6},
                                             {u"５Ｇ专网"_s, 6},
                                             {u"5gzw"_s, 6},
                                             {u"𠮷野"_s, 7},
                                             {u"𠮷"_s, 7},
                                             {u"loreal"_s, 8},
                                             {u"l'oréal"_s, 8},
                                             {u"xi'nan"_s, 0},
                                             {u"（二期）"_s, 6},
                                             {u"万 科"_s, 3}};
    for (const auto &[typed, row] : cases)
        QTest::newRow(qPrintable(typed)) << typed << row;
}

void TestSearchText::namesAreFound()
{
    QFETCH(QString, typed);
    QFETCH(int, row);
    const auto found = m_index.find(searchExpression(typed));
    if (row == 0)
        QVERIFY(found.empty());
    else
        QVERIFY2(found.contains(row), qPrintable(searchExpression(typed)));
}

void TestSearchText::numbersAreFound_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("row");
    const std::pair<QString, int> cases[] = {{u"13800138000"_s, 20},
                                             {u"138 0013 8000"_s, 20},
                                             {u"+86 138-0013-8000"_s, 20},
                                             {u"8000"_s, 20},
                                             {u"0013"_s, 20},
                                             {u"63123456"_s, 20},
                                             {u"0871-63123456"_s, 20},
                                             {u"0871-6312"_s, 20},
                                             {u"+86 871 6312 3456"_s, 20},
                                             {u"１３８００１３８０００"_s, 20},
                                             {u"13900139000"_s, 0},
                                             {u"8710012345"_s, 21},
                                             {u"km-8710012345"_s, 21},
                                             {u"0012"_s, 21},
                                             {u"2026-01-05"_s, 21}};
    for (const auto &[typed, row] : cases)
        QTest::newRow(qPrintable(typed)) << typed << row;
}

void TestSearchText::numbersAreFound()
{
    namesAreFound();
}

void TestSearchText::peopleAreFoundByBothReadings()
{
    for (const QString &typed : {u"sf"_s, u"df"_s, u"shanfang"_s, u"danfang"_s, u"单芳"_s, u"单"_s})
        QVERIFY2(m_index.find(searchExpression(typed)).contains(20), qPrintable(typed));
}

void TestSearchText::nothingTypedFindsNothing()
{
    for (const QString &typed : {QString(), u"  "_s, u"\"\""_s, u"***"_s, u"😀"_s, u"()"_s})
        QCOMPARE(searchExpression(typed), QString());
}

void TestSearchText::operatorsAreText_data()
{
    QTest::addColumn<QString>("typed");
    for (const QString &typed : {u"银行 OR 万科"_s,
                                 u"\"银行"_s,
                                 u"银行\" OR \"万科"_s,
                                 u"words:银行"_s,
                                 u"NOT 银行"_s,
                                 u"银行*"_s,
                                 u"^银行"_s,
                                 u"NEAR(银行 万科, 3)"_s,
                                 u"-银行"_s,
                                 u"银行 AND"_s,
                                 u"{words}:a"_s,
                                 u"a + b"_s,
                                 u"'; DROP TABLE t; --"_s,
                                 u"银\0行"_s,
                                 QString(QChar(0xd800)) + u"行"_s,
                                 u"\u202e银行"_s,
                                 QString(5000, u'行'),
                                 u"lvlvlvlvlvlvlv"_s,
                                 u"a b c d e f g h i j k l m n o p q r s t"_s,
                                 u"((((((((((((1"_s})
        QTest::newRow(qPrintable(typed.left(30))) << typed;
}

void TestSearchText::operatorsAreText()
{
    QFETCH(QString, typed);
    // find() is fatal when SQLite sees a syntax error.
    const auto found = m_index.find(searchExpression(typed));
    QVERIFY(found.size() <= 2);
    QVERIFY(!(found.contains(1) && found.contains(3)));
}

void TestSearchText::everyCharacterIsOneToken_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::newRow("without diacritics option") << QByteArray();
    QTest::newRow("as the store uses it") << QByteArray(" remove_diacritics 0");
    QTest::newRow("newest option") << QByteArray(" remove_diacritics 2");
}

// For all of Unicode: what we call a word is one token to SQLite, and unchanged.
void TestSearchText::everyCharacterIsOneToken()
{
    QFETCH(QByteArray, options);
    Index index(options);
    index.run("BEGIN");
    QStringList expected;
    QStringList words;
    qint64 row = 0;
    const auto flush = [&] {
        index.add(++row, words.join(u' '));
        expected += words;
        words.clear();
    };
    for (char32_t c = 1; c <= 0x10ffff; ++c) {
        if (QChar::isSurrogate(c))
            continue;
        const QString around = u"a"_s + QString::fromUcs4(&c, 1) + u"b"_s;
        const QString made = SearchText().addCode(around).words();
        if (made == u"a b"_s || made == u"ab"_s)
            continue;
        words += made.split(u' ');
        if (words.size() > 2000)
            flush();
    }
    flush();
    index.run("COMMIT");
    const QStringList tokens = index.tokens();
    for (qsizetype i = 0; i < std::min(tokens.size(), expected.size()); ++i) {
        if (tokens[i] != expected[i])
            QFAIL(qPrintable(u"%1 U+%2 became %3"_s.arg(expected[i])
                                 .arg(expected[i].toUcs4().value(1), 0, 16)
                                 .arg(tokens[i])));
    }
    QCOMPARE(tokens.size(), expected.size());
    QVERIFY(expected.size() > 100'000);
}

void TestSearchText::longTextsStayBounded()
{
    QVERIFY(SearchText().add(QString(100'000, u'行')).words().size() < 200'000);
    QVERIFY(SearchText().addProse(QString(100'000, u'行')).words().size() < 10'000);
    QVERIFY(SearchText().addCode(QString(100'000, u'9')).words().size() < 1000);
}

QTEST_GUILESS_MAIN(TestSearchText)
#include "tst_search_text.moc"
