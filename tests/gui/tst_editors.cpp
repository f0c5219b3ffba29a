#include "ui/widgets/amount_text.h"
#include "ui/widgets/date_edit.h"
#include "ui/widgets/date_text.h"
#include "ui/widgets/diff_row.h"
#include "ui/widgets/field_form.h"
#include "ui/widgets/field_row.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/language.h"
#include "ui/widgets/masked_label.h"

#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace keydesk;

class tst_Editors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void moneyIsReadAsPeopleWriteIt_data();
    void moneyIsReadAsPeopleWriteIt();
    void dateIsReadAsPeopleWriteIt_data();
    void dateIsReadAsPeopleWriteIt();
    void wrongDateStaysAndIsNotAValue();
    void fieldRowTellsItsErrorToScreenReaders();
    void diffIsSettledByKeys();
    void maskedValueIsShownThroughTheCallbackOnly();

private:
    KeydeskStyle *m_style = nullptr;
    Language *m_language = nullptr;
};

void tst_Editors::initTestCase()
{
    m_style = &KeydeskStyle::install();
    m_language = new Language(this);
}

void tst_Editors::init()
{
    m_style->setTheme(Theme{});
    m_language->install(QLocale::English);
}

void tst_Editors::moneyIsReadAsPeopleWriteIt_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("fen");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"1284000"_s << 128'400'000LL << u"1,284,000.00"_s;
    QTest::newRow("with separators and sign") << u"¥1,284.5"_s << 128'450LL << u"1,284.50"_s;
    QTest::newRow("ten thousands") << u"1.2万"_s << 1'200'000LL << u"12,000.00"_s;
    QTest::newRow("hundred millions") << u"3亿元"_s << 30'000'000'000LL << u"300,000,000.00"_s;
    QTest::newRow("millions") << u"1.28m"_s << 128'000'000LL << u"1,280,000.00"_s;
    QTest::newRow("negative") << u"-5"_s << -500LL << u"-5.00"_s;
    QTest::newRow("less than a yuan, negative") << u"-0.05"_s << -5LL << u"-0.05"_s;
    QTest::newRow("nothing") << QString() << -1LL << QString();
    QTest::newRow("words") << u"many"_s << -1LL << QString();
    QTest::newRow("a third decimal") << u"1.005"_s << -1LL << QString();
    QTest::newRow("too large") << u"9999999999999999亿"_s << -1LL << QString();
}

void tst_Editors::moneyIsReadAsPeopleWriteIt()
{
    QFETCH(QString, text);
    QFETCH(qint64, fen);
    QFETCH(QString, shown);
    const std::optional<Money> read = moneyFromText(text);
    QCOMPARE(read.has_value(), !shown.isEmpty());
    if (!read)
        return;
    QCOMPARE(read->fen, fen);
    QCOMPARE(moneyText(*read), shown);
}

void tst_Editors::dateIsReadAsPeopleWriteIt_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("date");
    QTest::newRow("in full") << u"2026-11-21"_s << u"2026-11-21"_s;
    QTest::newRow("digits alone") << u"20261121"_s << u"2026-11-21"_s;
    QTest::newRow("Chinese") << u"2026年1月5日"_s << u"2026-01-05"_s;
    QTest::newRow("month and day") << u"11-21"_s << u"2026-11-21"_s;
    QTest::newRow("in three days") << u"+3"_s << u"2026-11-28"_s;
    QTest::newRow("tomorrow") << u"明天"_s << u"2026-11-26"_s;
    QTest::newRow("today's weekday is today") << u"周三"_s << u"2026-11-25"_s;
    QTest::newRow("a weekday gone by is next week's") << u"周二"_s << u"2026-12-01"_s;
    QTest::newRow("next week begins on Monday") << u"下周一"_s << u"2026-11-30"_s;
    QTest::newRow("Sunday ends the week") << u"星期日"_s << u"2026-11-29"_s;
    QTest::newRow("English") << u"next tue"_s << u"2026-12-01"_s;
    QTest::newRow("no such day") << u"2026-02-30"_s << QString();
    QTest::newRow("words") << u"soon"_s << QString();
}

void tst_Editors::dateIsReadAsPeopleWriteIt()
{
    QFETCH(QString, text);
    QFETCH(QString, date);
    const QDate wednesday(2026, 11, 25);
    const std::optional<QDate> read = dateFromText(text, wednesday);
    QCOMPARE(read ? read->toString(Qt::ISODate) : QString(), date);
}

void tst_Editors::wrongDateStaysAndIsNotAValue()
{
    DateEdit edit;
    edit.setToday([] { return QDate(2026, 11, 25); });
    QTest::keyClicks(&edit, u"2026-13-01"_s);
    QTest::keyClick(&edit, Qt::Key_Return);
    QCOMPARE(edit.text(), u"2026-13-01"_s);
    QVERIFY(!edit.date());
    QVERIFY(!edit.hasAcceptableText());
    edit.setText(u"+1"_s);
    QTest::keyClick(&edit, Qt::Key_Return);
    QCOMPARE(edit.text(), u"2026-11-26"_s);
    QTest::keyClick(&edit, Qt::Key_Up);
    QCOMPARE(edit.text(), u"2026-11-27"_s);
}

void tst_Editors::fieldRowTellsItsErrorToScreenReaders()
{
    FieldForm form;
    auto *field = new QLineEdit;
    FieldRow *row = form.addRow(u"电话(&P)"_s, field, true);
    QCOMPARE(field->accessibleName(), u"电话, required"_s);
    row->setError(u"A phone number is needed."_s);
    QCOMPARE(field->accessibleDescription(), u"A phone number is needed."_s);
    QVERIFY(row->hasError());
    form.clearErrors();
    QVERIFY(field->accessibleDescription().isEmpty());
}

void tst_Editors::diffIsSettledByKeys()
{
    DiffRow row;
    row.setValue({u"Phone"_s, {u"0"_s, {}}, {u"1"_s, {}}, {u"9"_s, {}}});
    row.show();
    QVERIFY(QTest::qWaitForWindowActive(&row));
    QSignalSpy chosen(&row, &DiffRow::chosen);
    row.setFocus();
    QTest::keyClick(&row, Qt::Key_2);
    QCOMPARE(row.chosenValue(), u"9"_s);
    QTest::keyClick(&row, Qt::Key_1);
    QCOMPARE(row.chosenValue(), u"1"_s);
    QTest::keyClick(&row, Qt::Key_3);
    QWidget *editor = QApplication::focusWidget();
    QTest::keyClicks(editor, u"512"_s);
    QCOMPARE(row.choice(), DiffRow::Choice::Mine);
    QTest::keyClick(editor, Qt::Key_Return);
    QCOMPARE(row.choice(), DiffRow::Choice::Edited);
    QCOMPARE(row.chosenValue(), u"512"_s);
    QCOMPARE(chosen.size(), 3);
}

void tst_Editors::maskedValueIsShownThroughTheCallbackOnly()
{
    MaskedLabel label;
    int asked = 0;
    label.setMasked(u"138****1234"_s, u"phone"_s, [&asked]() -> std::optional<QString> {
        ++asked;
        return u"13800001234"_s;
    });
    QCOMPARE(asked, 0);
    QCOMPARE(label.text(), u"138****1234"_s);
    label.reveal();
    QCOMPARE(label.text(), u"13800001234"_s);
    label.conceal();
    QCOMPARE(label.text(), u"138****1234"_s);
    QCOMPARE(asked, 1);
    label.setMasked(u"138****1234"_s, u"phone"_s, [] { return std::optional<QString>(); });
    label.reveal();
    QCOMPARE(label.text(), u"138****1234"_s);
}

QTEST_MAIN(tst_Editors)
#include "tst_editors.moc"
