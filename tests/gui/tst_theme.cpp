#include "gui/record_list.h"
#include "models/roles.h"
#include "ui/gallery/gallery.h"
#include "ui/widgets/badges.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/language.h"
#include "ui/widgets/record_table.h"
#include "ui/widgets/state_pane.h"
#include "ui/widgets/sync_chip.h"
#include "ui/widgets/tokens.h"

#include <QAbstractSpinBox>
#include <QAccessible>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace keydesk;

namespace {

constexpr qint64 oneMinute = 60'000;

QColor pixelAt(QWidget &widget, const QPoint &point)
{
    return widget.grab().toImage().pixelColor(point);
}

} // namespace

class tst_Theme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void everyTokenPairHasItsContrast_data();
    void everyTokenPairHasItsContrast();
    void contrastFormulaIsThatOfWcag();
    void themeSwitchReachesWidgetsThatExist();
    void textScaleEnlargesRowsAndControls_data();
    void textScaleEnlargesRowsAndControls();
    void fieldOutlineIsVisible_data();
    void fieldOutlineIsVisible();
    void invalidFieldIsOutlinedInDanger();
    void primaryButtonIsFilled();
    void focusedButtonHasARing();
    void iconFollowsThemeAndDisabledState();
    void clockTellsItsStep_data();
    void clockTellsItsStep();
    void clockSpeaksTheLanguage();
    void wordsChangeWithoutRestart();
    void englishHasPluralsAndNoHan();
    void everyGalleryPageIsNamedForScreenReaders();

private:
    KeydeskStyle *m_style = nullptr;
    Language *m_language = nullptr;
};

void tst_Theme::initTestCase()
{
    m_style = &KeydeskStyle::install();
    m_language = new Language(this);
}

void tst_Theme::init()
{
    m_style->setTheme(Theme{});
    m_language->install(QLocale::English);
}

void tst_Theme::everyTokenPairHasItsContrast_data()
{
    QTest::addColumn<ContrastPair>("pair");
    QTest::addColumn<bool>("dark");
    for (const bool dark : {false, true}) {
        for (const ContrastPair &pair : contrastPairs())
            QTest::addRow("%s on %s, %s", tokenName(pair.foreground), tokenName(pair.background),
                          dark ? "dark" : "light")
                << pair << dark;
    }
}

void tst_Theme::everyTokenPairHasItsContrast()
{
    QFETCH(ContrastPair, pair);
    QFETCH(bool, dark);
    const ThemeMode mode = dark ? ThemeMode::Dark : ThemeMode::Light;
    const double ratio = contrastRatio(tokenColor(pair.foreground, mode),
                                       tokenColor(pair.background, mode));
    QVERIFY2(ratio >= pair.minimum, qPrintable(QString::number(ratio)));
}

void tst_Theme::contrastFormulaIsThatOfWcag()
{
    QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
    QVERIFY(qAbs(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01);
}

void tst_Theme::themeSwitchReachesWidgetsThatExist()
{
    QWidget window;
    window.resize(40, 40);
    window.show();
    const QColor light = pixelAt(window, {5, 5});
    Theme dark;
    dark.mode = ThemeMode::Dark;
    m_style->setTheme(dark);
    QCOMPARE(light, tokenColor(Token::Window, ThemeMode::Light));
    QTRY_COMPARE(pixelAt(window, {5, 5}), tokenColor(Token::Window, ThemeMode::Dark));
}

void tst_Theme::textScaleEnlargesRowsAndControls_data()
{
    QTest::addColumn<int>("percent");
    for (const int percent : Theme::textPercents)
        QTest::addRow("%d %%", percent) << percent;
}

void tst_Theme::textScaleEnlargesRowsAndControls()
{
    QFETCH(int, percent);
    Theme theme;
    theme.textPercent = percent;
    m_style->setTheme(theme);
    RecordTable table;
    table.setModel(listOf(3, &table));
    QLineEdit field;
    const int textHeight = QFontMetrics(theme.font()).lineSpacing();
    QVERIFY(table.rowHeight(0) >= textHeight + 9);
    QVERIFY(field.sizeHint().height() >= textHeight + 8);
    QVERIFY(table.horizontalHeader()->sizeHint().height() >= textHeight);
}

void tst_Theme::fieldOutlineIsVisible_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void tst_Theme::fieldOutlineIsVisible()
{
    QFETCH(bool, dark);
    Theme theme;
    theme.mode = dark ? ThemeMode::Dark : ThemeMode::Light;
    m_style->setTheme(theme);
    QWidget window;
    auto *field = new QLineEdit(&window);
    field->setGeometry(10, 10, 120, 30);
    const QImage image = window.grab().toImage();
    const QColor outline = image.pixelColor(10, 25);
    QVERIFY(contrastRatio(outline, image.pixelColor(5, 25)) >= 3.0);
    QVERIFY(contrastRatio(outline, image.pixelColor(14, 14)) >= 3.0);
}

void tst_Theme::invalidFieldIsOutlinedInDanger()
{
    QLineEdit field;
    field.resize(120, 30);
    KeydeskStyle::setInvalid(&field, true);
    QCOMPARE(pixelAt(field, {0, 15}), Theme{}.color(Token::DangerFg));
    KeydeskStyle::setInvalid(&field, false);
    QCOMPARE(pixelAt(field, {0, 15}), Theme{}.color(Token::BorderControl));
}

void tst_Theme::primaryButtonIsFilled()
{
    QPushButton button(u"Save"_s);
    button.resize(100, 30);
    KeydeskStyle::setProminence(&button, Prominence::Primary);
    QCOMPARE(pixelAt(button, {6, 15}), Theme{}.color(Token::Accent));
}

void tst_Theme::focusedButtonHasARing()
{
    QWidget window;
    auto *button = new QPushButton(u"Save"_s, &window);
    button->setGeometry(10, 10, 100, 30);
    auto *other = new QLineEdit(&window);
    other->setGeometry(10, 60, 100, 30);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    other->setFocus();
    QCOMPARE(pixelAt(window, {11, 25}), Theme{}.color(Token::Surface));
    button->setFocus();
    QCOMPARE(pixelAt(window, {11, 25}), Theme{}.color(Token::Link));
}

void tst_Theme::iconFollowsThemeAndDisabledState()
{
    const QIcon phone = icon(u"phone"_s);
    const auto hasInk = [&phone](QIcon::Mode mode, const QColor &ink) {
        const QImage image = phone.pixmap(QSize(48, 48), mode).toImage();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y) == ink)
                    return true;
            }
        }
        return false;
    };
    QVERIFY(hasInk(QIcon::Normal, Theme{}.color(Token::Text2)));
    QVERIFY(hasInk(QIcon::Disabled, Theme{}.color(Token::Disabled)));
    Theme dark;
    dark.mode = ThemeMode::Dark;
    m_style->setTheme(dark);
    QVERIFY(hasInk(QIcon::Normal, dark.color(Token::Text2)));
}

void tst_Theme::clockTellsItsStep_data()
{
    QTest::addColumn<qint64>("left");
    QTest::addColumn<BadgeKind>("kind");
    QTest::addColumn<QString>("text");
    QTest::newRow("more than half is neutral")
        << 150 * oneMinute << BadgeKind::Neutral << u"2:30 left"_s;
    QTest::newRow("half is info") << 120 * oneMinute << BadgeKind::Info << u"2:00 left"_s;
    QTest::newRow("a fifth is a warning") << 48 * oneMinute << BadgeKind::Warn << u"0:48 left"_s;
    QTest::newRow("below ten minutes it shows seconds")
        << 9 * oneMinute + 41'000 << BadgeKind::Warn << u"0:09:41 left"_s;
    QTest::newRow("past is danger") << -12 * oneMinute << BadgeKind::Danger << u"0:12 over"_s;
    QTest::newRow("days have no minutes")
        << 52 * 60 * oneMinute << BadgeKind::Neutral << u"2 d 4 h left"_s;
}

void tst_Theme::clockTellsItsStep()
{
    QFETCH(qint64, left);
    QFETCH(BadgeKind, kind);
    QFETCH(QString, text);
    const qint64 now = 1'700'000'000'000;
    const Badge face = clockFace({now + left, 240 * oneMinute, {}}, now);
    QCOMPARE(face.text, text);
    QCOMPARE(face.kind, kind);
}

void tst_Theme::clockSpeaksTheLanguage()
{
    m_language->install(QLocale::Chinese);
    QCOMPARE(clockFace({100 * oneMinute, 0, {}}, 1).text, u"剩 1:39"_s);
    QCOMPARE(clockFace({1, 0, {}}, 12 * oneMinute + 1).text, u"逾期 0:12"_s);
    QCOMPARE(clockFace({1, 0, u"暂停"_s}, 5).text, u"暂停"_s);
    QVERIFY(clockFace({}, 5).text.isEmpty());
}

void tst_Theme::wordsChangeWithoutRestart()
{
    SyncChip chip;
    chip.setState(SyncChip::State::Queued, 3);
    RecordTable table;
    table.setListName(u"List"_s);
    StatePane pane;
    PaneState state;
    state.kind = PaneState::EmptyByFilter;
    pane.setState(state);
    m_language->install(QLocale::Chinese);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(chip.accessibleName(), u"3 项待同步"_s);
    QCOMPARE(table.accessibleName(), u"List，0 行"_s);
    QCOMPARE(pane.findChild<QPushButton *>(u"stateAction"_s)->text(), u"清除筛选"_s);
    QCOMPARE(QLocale().language(), QLocale::Chinese);
}

void tst_Theme::englishHasPluralsAndNoHan()
{
    SyncChip chip;
    chip.setState(SyncChip::State::NeedsYou, 1);
    QCOMPARE(chip.words(), u"1 needs you"_s);
    chip.setState(SyncChip::State::NeedsYou, 2);
    QCOMPARE(chip.words(), u"2 need you"_s);
}

void tst_Theme::everyGalleryPageIsNamedForScreenReaders()
{
    Gallery gallery(*m_language);
    gallery.show();
    const QStringList pages = gallery.pageIds();
    for (const QString &id : pages) {
        gallery.showPage(id);
        QCoreApplication::processEvents();
        const QList<QWidget *> widgets = gallery.findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)
                || qobject_cast<const QAbstractScrollArea *>(widget->parent())
                || qobject_cast<const QAbstractSpinBox *>(widget->parent()))
                continue;
            QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(
                const_cast<QWidget *>(widget));
            QVERIFY(spoken);
            const bool named = !spoken->text(QAccessible::Name).isEmpty()
                || !spoken->text(QAccessible::Value).isEmpty();
            QVERIFY2(named,
                     qPrintable(id + u": "_s
                                + QString::fromLatin1(widget->metaObject()->className()) + u' '
                                + widget->objectName()));
        }
    }
}

QTEST_MAIN(tst_Theme)
#include "tst_theme.moc"
