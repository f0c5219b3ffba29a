#include "importing/csv_format.h"
#include "importing/csv_reader.h"
#include "importing/csv_writer.h"
#include "importing/text_encoding.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// All records of `bytes`, or the error that ended the reading.
Result<QList<QStringList>> readAll(QByteArray bytes, const CsvFormat &format = {},
                                   const CsvLimits &limits = {})
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    CsvReader reader(buffer, format, limits);
    QList<QStringList> rows;
    for (;;) {
        const auto more = reader.next();
        if (!more)
            return more.error();
        if (!*more)
            return rows;
        if (reader.row().fault && reader.row().fault->key() == u"csv.bad_bytes"_s)
            return *reader.row().fault;
        rows += reader.row().fields;
    }
}

Result<CsvFormat> formatOf(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    return detectCsvFormat(buffer);
}

QByteArray inGb18030(const QString &text)
{
    QStringEncoder encode("GB18030");
    return encode(text);
}

QString randomCell(QRandomGenerator &random)
{
    static constexpr QStringView letters = u"a,\";\t\r\n'=+-@ 客＝中\u2028\ufeff0";
    QString cell;
    for (int i = random.bounded(0, 6); i > 0; --i)
        cell += letters[random.bounded(int(letters.size()))];
    return cell;
}

QList<QStringList> randomRows(QRandomGenerator &random)
{
    const int columns = random.bounded(1, 5);
    QList<QStringList> rows(random.bounded(1, 4));
    for (QStringList &row : rows) {
        for (int c = 0; c < columns; ++c)
            row += randomCell(random);
    }
    return rows;
}

// The first thousand columns of nothing but size.
class Endless : public QIODevice
{
public:
    bool isSequential() const override { return true; }
    qint64 given = 0;

protected:
    qint64 readData(char *data, qint64 size) override
    {
        memset(data, 'x', std::size_t(size));
        given += size;
        return size;
    }
    qint64 writeData(const char *, qint64) override { return -1; }
};

} // namespace

class TestCsv : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spectrumFilesReadAsTheirJson_data();
    void spectrumFilesReadAsTheirJson();
    void lineEndsAndBlankLines_data();
    void lineEndsAndBlankLines();
    void brokenFilesNameThePlace_data();
    void brokenFilesNameThePlace();
    void raggedRowsAreReportedAndKept();
    void badBytesSpoilTheirRecordOnly();
    void rowsKnowTheirLine();
    void blocksMayCutAnywhere();
    void endlessFieldsAreRefused();
    void everyEncodingIsRecognised_data();
    void everyEncodingIsRecognised();
    void shippedGb18030FileIsRead();
    void lateChineseBytesAreSeen();
    void binaryFilesAreRefused();
    void delimitersAreFound_data();
    void delimitersAreFound();
    void formulasAreGuarded_data();
    void formulasAreGuarded();
    void writerAndReaderRoundTrip();
    void failedWritesAreReported();
};

void TestCsv::spectrumFilesReadAsTheirJson_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &file :
         QDir(QStringLiteral(TEST_DATA_DIR "/csv-spectrum/csvs")).entryList({u"*.csv"_s}))
        QTest::newRow(qPrintable(file)) << file.chopped(4);
}

void TestCsv::spectrumFilesReadAsTheirJson()
{
    QFETCH(QString, name);
    const QString folder = QStringLiteral(TEST_DATA_DIR "/csv-spectrum");
    QFile csv(folder + u"/csvs/"_s + name + u".csv"_s);
    QFile json(folder + u"/json/"_s + name + u".json"_s);
    QVERIFY(csv.open(QIODevice::ReadOnly) && json.open(QIODevice::ReadOnly));
    const auto format = detectCsvFormat(csv);
    QVERIFY(format);
    QCOMPARE(format->delimiter, QChar(u','));
    const auto rows = readAll(csv.readAll(), *format);
    QVERIFY(rows);
    QJsonArray records;
    for (const QStringList &row : rows->mid(1)) {
        QJsonObject record;
        for (qsizetype i = 0; i < row.size(); ++i)
            record[rows->first()[i]] = row[i];
        records += record;
    }
    const QJsonDocument expected = QJsonDocument::fromJson(json.readAll());
    const QJsonArray wanted = expected.isArray() ? expected.array() : QJsonArray{expected.object()};
    if (name == u"location_coordinates") {
        // The corpus itself has another telephone number in the answer than in the question.
        QCOMPARE(records.first().toObject()[u"Location Coordinates"],
                 wanted.first().toObject()[u"Location Coordinates"]);
        return;
    }
    QCOMPARE(records, wanted);
}

void TestCsv::lineEndsAndBlankLines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const char *texts[] = {"a,b\n1,2\n",
                           "a,b\r\n1,2\r\n",
                           "a,b\r1,2\r",
                           "a,b\n1,2",
                           "a,b\n1,2\n\n\n",
                           "\n\na,b\n\n1,2\r\n\r\n",
                           "\xef\xbb\xbf\"a\",b\n1,2\n",
                           "\"a\",\"b\"\n\"1\",\"2\"",
                           "sep=,\r\na,b\r\n1,2"};
    for (const char *text : texts)
        QTest::newRow(QByteArray(text).toPercentEncoding(",=").constData()) << QByteArray(text);
}

void TestCsv::lineEndsAndBlankLines()
{
    QFETCH(QByteArray, bytes);
    const auto rows = readAll(bytes);
    QVERIFY(rows);
    QCOMPARE(*rows, (QList<QStringList>{{u"a"_s, u"b"_s}, {u"1"_s, u"2"_s}}));
}

void TestCsv::brokenFilesNameThePlace_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QStringList>("args");
    QTest::newRow("quote never closed") << QByteArray("a,b\n1,\"2\n3,4\n5,6\n")
                                        << u"csv.unterminated"_s << QStringList{u"2"_s, u"3"_s};
    QTest::newRow("text after a quote")
        << QByteArray("a,b\r\n\"1\"x,2") << u"csv.after_quote"_s << QStringList{u"2"_s, u"4"_s};
    QTest::newRow("line counted in quotes") << QByteArray("\"a\r\nb\",c\r\"1\"x")
                                            << u"csv.after_quote"_s << QStringList{u"3"_s, u"4"_s};
    QTest::newRow("not UTF-8") << QByteArray("a,b\n1,2\n\xb0\xa1,3\n") << u"csv.bad_bytes"_s
                               << QStringList{u"3"_s, u"UTF-8"_s};
    QTest::newRow("cut off character")
        << QByteArray("a,b\n1,\xe4\xb8") << u"csv.bad_bytes"_s << QStringList{u"2"_s, u"UTF-8"_s};
    QTest::newRow("overlong UTF-8")
        << QByteArray("a,\xc0\xaf") << u"csv.bad_bytes"_s << QStringList{u"1"_s, u"UTF-8"_s};
    QTest::newRow("too many columns")
        << QByteArray(1000, ',') << u"csv.too_many_columns"_s << QStringList{u"1"_s, u"1000"_s};
    QTest::newRow("not a text") << QByteArray("PK\0\3", 4) << u"csv.not_text"_s << QStringList();
}

void TestCsv::brokenFilesNameThePlace()
{
    QFETCH(QByteArray, bytes);
    const auto rows = readAll(bytes);
    QVERIFY(!rows);
    QTEST(rows.error().key(), "reason");
    QTEST(rows.error().args, "args");
}

void TestCsv::raggedRowsAreReportedAndKept()
{
    QByteArray bytes = "a,b\n1\n1,2,3\n1,2\n";
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    CsvReader reader(buffer, {});
    QVERIFY(*reader.next() && !reader.row().fault);
    QVERIFY(*reader.next());
    QCOMPARE(reader.row().fault->args, (QStringList{u"2"_s, u"1"_s, u"2"_s}));
    QCOMPARE(reader.row().fields, QStringList{u"1"_s});
    QVERIFY(*reader.next());
    QCOMPARE(reader.row().fault->key(), u"csv.ragged"_s);
    QVERIFY(*reader.next() && !reader.row().fault);
    QVERIFY(!*reader.next());
    QVERIFY(!*reader.next());
}

void TestCsv::badBytesSpoilTheirRecordOnly()
{
    QStringList seen;
    for (const char *encoding : {"UTF-8", "GB18030"}) {
        seen.clear();
        QByteArray bytes = "a,b\n1,2\n\xff,3\n4,5\n6,\xff";
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::ReadOnly);
        CsvReader reader(buffer, {encoding, u','});
        for (auto more = reader.next(); more && *more; more = reader.next()) {
            const CsvRow &row = reader.row();
            seen.append(row.fault ? row.fault->key() + row.fault->args.first()
                                  : row.fields.join(u' '));
        }
        QCOMPARE(seen.join(u'|'), u"a b|1 2|csv.bad_bytes3|4 5|csv.bad_bytes5"_s);
    }
}

void TestCsv::rowsKnowTheirLine()
{
    QByteArray bytes = "h\r\n\r\n\"two\r\nlines\"\r\nlast";
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    CsvReader reader(buffer, {});
    QList<qint64> lines;
    while (*reader.next())
        lines += reader.row().line;
    QCOMPARE(lines, (QList<qint64>{1, 3, 5}));
}

// Multi-byte characters, CRLF and doubled quotes on the border of two blocks.
void TestCsv::blocksMayCutAnywhere()
{
    for (int shift = 0; shift < 8; ++shift) {
        const QString filler(65'536 - 8 + shift, u'x');
        const QStringList row{filler, u"昆\"明\r\n𠮷"_s, u"=1"_s};
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        QVERIFY(CsvWriter(buffer).write(row));
        QCOMPARE(*readAll(bytes), QList<QStringList>{row});
        QCOMPARE(*readAll(inGb18030(QString::fromUtf8(bytes)), {"GB18030", u','}),
                 QList<QStringList>{row});
    }
}

void TestCsv::endlessFieldsAreRefused()
{
    Endless device;
    device.open(QIODevice::ReadOnly);
    CsvReader reader(device, {});
    const auto row = reader.next();
    QVERIFY(!row);
    QCOMPARE(row.error().key(), u"csv.too_long"_s);
    QVERIFY(device.given < 9 * 1024 * 1024);
    QCOMPARE(reader.next().error().key(), u"csv.too_long"_s);

    const auto opened = readAll("a\n\"" + QByteArray(200, 'x'), {}, {.fieldCharacters = 100});
    QCOMPARE(opened.error().args, QStringList{u"2"_s});
}

void TestCsv::everyEncodingIsRecognised_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("encoding");
    const QString text = u"客户名称,联系人,电话\n昆明市官渡区人民政府,王经理,0871-63123456\n"_s;
    QStringEncoder utf16("UTF-16LE", QStringConverter::Flag::WriteBom);
    QStringEncoder utf16be("UTF-16BE", QStringConverter::Flag::WriteBom);
    QTest::newRow("UTF-8") << text.toUtf8() << QByteArray("UTF-8");
    QTest::newRow("UTF-8 with mark") << "\xef\xbb\xbf" + text.toUtf8() << QByteArray("UTF-8");
    QTest::newRow("GB18030") << inGb18030(text) << QByteArray("GB18030");
    QTest::newRow("GB18030, one cell") << inGb18030(u"客户名称"_s) << QByteArray("GB18030");
    QTest::newRow("GB18030 with four-byte characters")
        << inGb18030(text + u"㐂𠮷"_s) << QByteArray("GB18030");
    QTest::newRow("UTF-16LE") << QByteArray(utf16(text)) << QByteArray("UTF-16");
    QTest::newRow("UTF-16BE") << QByteArray(utf16be(text)) << QByteArray("UTF-16");
    QTest::newRow("ASCII") << QByteArray("a,b\n1,2\n") << QByteArray("UTF-8");
    QTest::newRow("empty") << QByteArray() << QByteArray("UTF-8");
    QStringEncoder big5("Big5");
    QTest::newRow("Big5") << QByteArray(
        big5(u"客戶名稱,聯絡人\n臺北市政府資訊局,王經理\n中華電信股份有限公司,李小姐\n"_s))
                          << QByteArray("BIG5");
    QStringEncoder korean("EUC-KR");
    QTest::newRow("Korean") << QByteArray(
        korean(u"고객 이름, 전화 번호\n한국 전자 통신 주식회사, 김 과장님이 담당합니다\n"_s))
                            << QByteArray("windows-949");
    QStringEncoder latin("windows-1252");
    QTest::newRow("French") << QByteArray(
        latin(u"Société générale,été\nÉlodie à l'hôtel,déjà vu près de la forêt\n"_s))
                            << QByteArray("WINDOWS-1252");
}

void TestCsv::everyEncodingIsRecognised()
{
    QFETCH(QByteArray, bytes);
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    const auto encoding = detectEncoding(buffer);
    QVERIFY(encoding);
    QTEST(*encoding, "encoding");
    QCOMPARE(buffer.pos(), 0);
    QVERIFY(readAll(bytes, {*encoding, u','}));
}

void TestCsv::shippedGb18030FileIsRead()
{
    QFile file(QStringLiteral(TEST_DATA_DIR "/customers.gb18030.csv"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto format = detectCsvFormat(file);
    QVERIFY(format);
    QCOMPARE(*format, (CsvFormat{"GB18030", u','}));
    const auto rows = readAll(file.readAll(), *format);
    QVERIFY(rows);
    QCOMPARE(rows->size(), 4);
    QCOMPARE(rows->at(1).first(), u"滇池湖滨物业（集团）"_s);
    QCOMPARE(rows->at(3).last(), u"㐂乐饭店，两行\r\n备注"_s);
}

void TestCsv::lateChineseBytesAreSeen()
{
    const QByteArray bytes = QByteArray("a,b\n1,2\n").repeated(100'000)
        + inGb18030(u"昆明市,客户\n"_s);
    const auto format = formatOf(bytes);
    QVERIFY(format);
    QCOMPARE(format->encoding, QByteArray("GB18030"));
    const auto rows = readAll(bytes, *format);
    QVERIFY(rows);
    QCOMPARE(rows->last(), (QStringList{u"昆明市"_s, u"客户"_s}));
}

void TestCsv::binaryFilesAreRefused()
{
    QCOMPARE(formatOf(QByteArray("PK\3\4\0\0\0\0", 8)).error().key(), u"csv.not_text"_s);
}

void TestCsv::delimitersAreFound_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QChar>("delimiter");
    QTest::newRow("comma") << QByteArray("a,b\n1,2\n") << QChar(u',');
    QTest::newRow("tab") << QByteArray("a\tb\n1,5\t2\n2,5\t4\n") << QChar(u'\t');
    QTest::newRow("semicolon") << QByteArray("a;b\n1,5;2\n") << QChar(u';');
    QTest::newRow("bar") << QByteArray("a|b\n1|2\n") << QChar(u'|');
    QTest::newRow("quoted commas") << QByteArray("a;b\n\"1,2,3\";2\n\"4,5,6\";7\n") << QChar(u';');
    QTest::newRow("one column") << QByteArray("name\nx\ny\n") << QChar(u',');
    QTest::newRow("hint") << QByteArray("sep=|\r\na,b\r\n") << QChar(u'|');
    QTest::newRow("nothing") << QByteArray() << QChar(u',');
}

void TestCsv::delimitersAreFound()
{
    QFETCH(QByteArray, bytes);
    const auto format = formatOf(bytes);
    QVERIFY(format);
    QTEST(format->delimiter, "delimiter");
}

void TestCsv::formulasAreGuarded_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("=") << u"=1+1"_s << QByteArray("'=1+1");
    QTest::newRow("+") << u"+8613800138000"_s << QByteArray("'+8613800138000");
    QTest::newRow("-") << u"-5.00"_s << QByteArray("'-5.00");
    QTest::newRow("@") << u"@SUM(A1)"_s << QByteArray("'@SUM(A1)");
    QTest::newRow("tab") << u"\t=1"_s << QByteArray("'\t=1");
    QTest::newRow("CR") << u"\r=1"_s << QByteArray("\"'\r=1\"");
    QTest::newRow("LF") << u"\n=1"_s << QByteArray("\"'\n=1\"");
    QTest::newRow("full width") << u"＝1"_s << QByteArray("'＝1");
    QTest::newRow("full width @") << u"＠x"_s << QByteArray("'＠x");
    QTest::newRow("already guarded") << u"'=1"_s << QByteArray("''=1");
    QTest::newRow("quoted too") << u"=1,2"_s << QByteArray("\"'=1,2\"");
    QTest::newRow("apostrophe alone") << u"'quoted'"_s << QByteArray("'quoted'");
    QTest::newRow("text") << u"a=b"_s << QByteArray("a=b");
}

void TestCsv::formulasAreGuarded()
{
    QFETCH(QString, cell);
    QFETCH(QByteArray, written);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QVERIFY(CsvWriter(buffer).write({cell, u"x"_s}));
    QCOMPARE(bytes, "\xef\xbb\xbf" + written + ",x\r\n");
    QCOMPARE(readAll(bytes)->first().first(), cell);
}

void TestCsv::writerAndReaderRoundTrip()
{
    const quint32 seed = 20260105;
    QRandomGenerator random(seed);
    for (int round = 0; round < 3000; ++round) {
        const auto rows = randomRows(random);
        const QChar delimiter = QStringView(u",;\t")[random.bounded(3)];
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        CsvWriter writer(buffer, delimiter);
        for (const QStringList &row : rows)
            QVERIFY(writer.write(row));
        const auto read = readAll(bytes, {"UTF-8", delimiter});
        QVERIFY2(read, bytes.constData());
        QVERIFY2(*read == rows,
                 qPrintable(
                     u"seed %1 round %2: %3"_s.arg(seed).arg(round).arg(QString::fromUtf8(bytes))));
    }
}

void TestCsv::failedWritesAreReported()
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QTest::ignoreMessage(QtWarningMsg, "QIODevice::write (QBuffer): ReadOnly device");
    const auto written = CsvWriter(buffer).write({u"x"_s});
    QVERIFY(!written);
    QCOMPARE(written.error().key(), u"file.unwritable"_s);
}

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
