#include "base/phone.h"
#include "base/pinyin.h"
#include "base/search_text.h"
#include "importing/csv_format.h"
#include "importing/csv_reader.h"
#include "importing/text_encoding.h"

#include <QBuffer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

// The vocabulary against real data that does not ship with Keydesk: runs only when KEYDESK_DATA
// names its folder, as `./dev acceptance DIR` does.
class TestAcceptanceText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void bothCompanyFilesAreTheSame();
    void initialsAgreeWithTheAnswerKey();
    void knownPolyphones_data();
    void knownPolyphones();
    void encodingsAreRecognised_data();
    void encodingsAreRecognised();
    void everyMobileSegmentIsValid();
    void naughtyStringsHarmNothing();

private:
    QList<QStringList> rowsOf(const QString &path, const CsvFormat &expected) const;

    QString m_data;
    const Pinyin m_pinyin{};
};

void TestAcceptanceText::initTestCase()
{
    m_data = qEnvironmentVariable("KEYDESK_DATA");
    if (m_data.isEmpty())
        QFAIL("KEYDESK_DATA must name the folder of the data sets: ./dev acceptance DIR");
}

QList<QStringList> TestAcceptanceText::rowsOf(const QString &path, const CsvFormat &expected) const
{
    QFile file(m_data + path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot open %s", qPrintable(file.fileName()));
    const auto format = detectCsvFormat(file);
    if (!format || *format != expected)
        qFatal("%s is not in its known format", qPrintable(file.fileName()));
    CsvReader reader(file, *format);
    QList<QStringList> rows;
    for (;;) {
        const auto more = reader.next();
        if (!more)
            qFatal("%s", qPrintable(more.error().text(QLocale::English)));
        if (!*more)
            return rows;
        if (reader.row().fault)
            qFatal("%s", qPrintable(reader.row().fault->text(QLocale::English)));
        rows += reader.row().fields;
    }
}

void TestAcceptanceText::bothCompanyFilesAreTheSame()
{
    const auto utf8 = rowsOf(u"/a-share-companies/companies_szse_bse.csv"_s, {"UTF-8", u','});
    const auto chinese = rowsOf(u"/a-share-companies/companies_szse_bse.gb18030.crlf.csv"_s,
                                {"GB18030", u','});
    QCOMPARE(utf8.size(), 3136);
    QVERIFY(utf8 == chinese);
}

void TestAcceptanceText::initialsAgreeWithTheAnswerKey()
{
    const auto rows = rowsOf(u"/a-share-companies/companies_szse_bse.csv"_s, {"UTF-8", u','});
    const qsizetype name = rows.first().indexOf(u"name"_s);
    const qsizetype key = rows.first().indexOf(u"cnspell"_s);
    int agreed = 0;
    for (const QStringList &row : rows.mid(1)) {
        const QString initials = m_pinyin.initials(row[name]);
        if (initials == row[key])
            ++agreed;
        else
            qInfo("%s: %s, the key says %s", qPrintable(row[name]), qPrintable(initials),
                  qPrintable(row[key]));
    }
    qInfo("%d of %d names agree (%.2f %%)", agreed, int(rows.size() - 1),
          100.0 * agreed / double(rows.size() - 1));
    QVERIFY(agreed >= 3130);
}

void TestAcceptanceText::knownPolyphones_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("initials");
    const std::pair<QString, QString> cases[] = {{u"重药控股"_s, u"cykg"_s},
                                                 {u"中联重科"_s, u"zlzk"_s},
                                                 {u"平安银行"_s, u"payh"_s},
                                                 {u"任子行"_s, u"rzx"_s},
                                                 {u"厦门信达"_s, u"xmxd"_s},
                                                 {u"亚厦股份"_s, u"ysgf"_s}};
    for (const auto &[name, initials] : cases)
        QTest::newRow(qPrintable(name)) << name << initials;
}

void TestAcceptanceText::knownPolyphones()
{
    QFETCH(QString, name);
    QTEST(m_pinyin.initials(name), "initials");
}

void TestAcceptanceText::encodingsAreRecognised_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("encoding");
    const std::pair<const char *, const char *> cases[] = {{"zh/utf-8.txt", "UTF-8"},
                                                           {"zh/gb18030.txt", "GB18030"},
                                                           {"zh/big5.txt", "BIG5"},
                                                           {"ja/utf-8.txt", "UTF-8"},
                                                           {"ja/shift_jis.txt", "SHIFT_JIS"},
                                                           {"ja/euc-jp.txt", "EUC-JP"},
                                                           {"ko/utf-8.txt", "UTF-8"},
                                                           {"ko/uhc.smi", "windows-949"},
                                                           {"ko/utf-16.le", "UTF-16"},
                                                           {"fr/utf-8.txt", "UTF-8"},
                                                           {"fr/utf-16.be", "UTF-16"},
                                                           {"fr/utf-32.le", "UTF-32"},
                                                           {"fr/iso-8859-1.txt", "WINDOWS-1252"},
                                                           {"de/windows-1252.txt", "WINDOWS-1252"},
                                                           {"en/ascii.txt", "UTF-8"}};
    for (const auto &[file, encoding] : cases)
        QTest::newRow(file) << QString::fromLatin1(file) << QByteArray(encoding);
}

void TestAcceptanceText::encodingsAreRecognised()
{
    QFETCH(QString, file);
    QFile text(m_data + u"/encodings-uchardet/"_s + file);
    QVERIFY(text.open(QIODevice::ReadOnly));
    const auto encoding = detectEncoding(text);
    QVERIFY2(encoding, qPrintable(encoding ? QString() : encoding.error().key()));
    QTEST(*encoding, "encoding");
}

void TestAcceptanceText::everyMobileSegmentIsValid()
{
    QProcess unpack;
    unpack.start(u"gzip"_s, {u"-dc"_s, m_data + u"/mobile-segments-cn/mobile_segments.csv.gz"_s});
    QVERIFY(unpack.waitForFinished());
    QByteArray bytes = unpack.readAllStandardOutput();
    QBuffer buffer(&bytes);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    CsvReader reader(buffer, {});
    QVERIFY(*reader.next());
    int segments = 0;
    while (*reader.next()) {
        const QString digits = reader.row().fields.first() + u"0000"_s;
        QCOMPARE(parsePhone(digits).key, u"+86"_s + digits);
        ++segments;
    }
    QCOMPARE(segments, 317'822);
}

void TestAcceptanceText::naughtyStringsHarmNothing()
{
    QFile file(m_data + u"/naughty-strings/blns.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray strings = QJsonDocument::fromJson(file.readAll()).array();
    QVERIFY(strings.size() > 400);
    for (const auto &value : strings) {
        const QString text = value.toString();
        const QString words =
            SearchText().add(text).addProse(text).addPhones(text).addCode(text).words();
        QVERIFY(!words.contains(u'"'));
        const QString expression = searchExpression(text);
        QCOMPARE(expression.count(u'"') % 2, 0);
        QVERIFY(m_pinyin.sortKey(text).contains(text));
        QVERIFY(maskedPhones(text).size() <= text.size() + 100);
    }
}

QTEST_GUILESS_MAIN(TestAcceptanceText)
#include "tst_acceptance_text.moc"
