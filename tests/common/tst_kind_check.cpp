#include "domain/entities.h"
#include "importing/import_values.h"
#include "schema/kind_check.h"

#include <QtTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

// What a field may hold, wherever it comes from.
class TestKindCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aValueFitsItsField_data();
    void aValueFitsItsField();
    void anImportHoldsTheSameLimits();
    void everySentenceNamesTheField();

private:
    Catalog m_catalog = makeCatalog();
};

void TestKindCheck::aValueFitsItsField_data()
{
    QTest::addColumn<QString>("entity");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *entity, const char *field, const QVariant &value,
                        const char *reason = "") {
        QTest::addRow("%s.%s = %s", entity, field, qPrintable(value.toString()))
            << QString::fromLatin1(entity) << QString::fromLatin1(field) << value
            << QString::fromLatin1(reason);
    };
    // Influence 1 to 5, attitude -2 to +2 (domain A12).
    row("contact", "influence", 1);
    row("contact", "influence", 5);
    row("contact", "influence", 0, "field.out_of_range");
    row("contact", "influence", 6, "field.out_of_range");
    row("contact", "attitude", -2);
    row("contact", "attitude", -3, "field.out_of_range");
    row("contact", "phone", u"13800138000"_s);
    row("contact", "phone", u"0871-63123456 王经理"_s);
    row("contact", "phone", u"abc"_s, "value.not_phone");
    row("account", "phone", u"12"_s, "value.not_phone");
    row("account", "employees", 0);
    row("account", "employees", -5, "field.negative");
    row("account", "spend_month_fen", -100, "field.negative");
    row("account", "white_collar_bp", 10'000);
    row("account", "white_collar_bp", 999'999, "field.out_of_range");
    row("account", "growth_bp", -2'500);
    row("account", "uscc", u"91530100MA6K00001X"_s);
    row("account", "uscc", u"123"_s, "field.length");
    row("account", "status", u"nowhere"_s, "field.malformed");
    row("account", "founded_on", u"2026-02-30"_s, "field.malformed");
    row("account", "name", u""_s);
}

void TestKindCheck::aValueFitsItsField()
{
    QFETCH(QString, entity);
    QFETCH(QString, field);
    QFETCH(QVariant, value);
    QFETCH(QString, reason);
    const FieldInfo *info = m_catalog.entity(entity).field(field);
    QVERIFY(info);
    const Cell cell = value.typeId() == QMetaType::Int ? Cell(value.toLongLong())
                                                       : Cell(value.toString());
    const auto fits = checkKind(*info, cell);
    QCOMPARE(fits ? QString() : fits.error().key(), reason);
}

void TestKindCheck::anImportHoldsTheSameLimits()
{
    const auto read = [this](const char *entity, const char *field, const QString &text) {
        const auto cell = importedCell(*m_catalog.entity(QString::fromLatin1(entity))
                                            .field(QString::fromLatin1(field)),
                                       text);
        return cell ? QString() : cell.error().key();
    };
    QCOMPARE(read("contact", "influence", u"99"_s), u"field.out_of_range"_s);
    QCOMPARE(read("account", "employees", u"-5"_s), u"field.negative"_s);
    QCOMPARE(read("contact", "phone", u"abc"_s), u"value.not_phone"_s);
    QCOMPARE(read("account", "employees", u"1,200"_s), QString());
}

void TestKindCheck::everySentenceNamesTheField()
{
    const FieldInfo &money = *m_catalog.entity(u"account"_s).field(u"spend_month_fen"_s);
    const auto refused = checkKind(money, Cell(qint64(-12'345)));
    QVERIFY(!refused);
    QCOMPARE(refused.error().text(QLocale::Chinese), u"“月均消费”不能为负数（-123.45）。"_s);
    QCOMPARE(refused.error().text(QLocale::English),
             u"“Spend a month” cannot be negative (-123.45)."_s);
}

QTEST_APPLESS_MAIN(TestKindCheck)
#include "tst_kind_check.moc"
