#include "ui/pages/element_bar.h"
#include "ui/pages/routing_panel.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/language.h"
#include "ui/widgets/step_bar.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace keydesk;

// What an opportunity's page says of completeness, routing and stages.
class tst_OpportunityViews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void elementsTellWhetherADispatcherIsNeeded();
    void enterAsksForTheChosenElement();
    void routingNamesWhoWasChosenAndWhyOthersWereNot();
    void routingCountsWhomItDoesNotList();
    void stepsKeepTheCurrentNameWhereOthersHaveNoRoom();

private:
    Language *m_language = nullptr;
};

void tst_OpportunityViews::initTestCase()
{
    KeydeskStyle::install();
    m_language = new Language(this);
    m_language->install(QLocale::English);
}

void tst_OpportunityViews::elementsTellWhetherADispatcherIsNeeded()
{
    ElementBar bar;
    Opportunity opportunity;
    bar.setOpportunity(opportunity, {});
    QVERIFY(bar.accessibleName().contains(u"a dispatcher has to look at it"_s));
    opportunity.willing = true;
    opportunity.contactPhone = u"13800138000"_s;
    opportunity.needSummary = u"A leased line"_s;
    bar.setOpportunity(opportunity, {});
    QVERIFY(bar.accessibleName().contains(u"enough to be dispatched"_s));
    QVERIFY(bar.accessibleName().contains(u"Contact 50%"_s));
}

void tst_OpportunityViews::enterAsksForTheChosenElement()
{
    ElementBar bar;
    QSignalSpy asked(&bar, &ElementBar::elementActivated);
    QTest::keyClick(&bar, Qt::Key_Right);
    QTest::keyClick(&bar, Qt::Key_Return);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().value<Element>(), Element::Enterprise);
}

void tst_OpportunityViews::routingNamesWhoWasChosenAndWhyOthersWereNot()
{
    RoutingPanel panel;
    RoutingView view;
    view.goesTo = u"Li"_s;
    view.rule = u"AM flag"_s;
    view.people = {{u"Li"_s, 3, 20, {}}, {u"Wang"_s, 20, 20, u"Full"_s}};
    panel.setRouting(view);
    QCOMPARE(panel.findChild<QLabel *>(u"routing.head"_s)->text(), u"Goes to Li"_s);
    QCOMPARE(panel.findChild<QLabel *>(u"routing.why"_s)->text(), u"By the rule “AM flag”"_s);
    QStringList badges;
    const QList<QWidget *> all = panel.findChildren<QWidget *>();
    for (const QWidget *widget : all)
        badges.append(widget->accessibleName());
    QVERIFY(badges.contains(u"chosen"_s));
    QVERIFY(badges.contains(u"Full"_s));
}

void tst_OpportunityViews::routingCountsWhomItDoesNotList()
{
    RoutingPanel panel;
    panel.setMostPeople(1);
    RoutingView view;
    view.people = {{u"Li"_s, 3, 20, {}},
                   {u"Wang"_s, 20, 20, u"Full"_s},
                   {u"He"_s, 1, 9, u"Absent"_s}};
    panel.setRouting(view);
    QStringList words;
    const QList<QLabel *> labels = panel.findChildren<QLabel *>();
    for (const QLabel *label : labels)
        words.append(label->text());
    QVERIFY(words.contains(u"and 2 more who were considered"_s));
    QVERIFY(!words.contains(u"Wang"_s));
}

void tst_OpportunityViews::stepsKeepTheCurrentNameWhereOthersHaveNoRoom()
{
    StepBar steps;
    steps.setSteps({{u"a"_s, u"Negotiation"_s, {}, Step::State::Done},
                    {u"b"_s, u"Pre-proposal"_s, {}, Step::State::Current},
                    {u"c"_s, u"Signing"_s, {}, Step::State::Waiting}});
    steps.resize(240, steps.sizeHint().height());
    QVERIFY(steps.sizeHint().width() > steps.width());
    QSignalSpy asked(&steps, &StepBar::stepActivated);
    // The current step is the widest, in the middle.
    QTest::mouseClick(&steps, Qt::LeftButton, {}, QPoint(100, 10));
    QTest::mouseClick(&steps, Qt::LeftButton, {}, QPoint(150, 10));
    QCOMPARE(asked.size(), 2);
    QCOMPARE(asked.at(0).first().toString(), u"b"_s);
    QCOMPARE(asked.at(1).first().toString(), u"b"_s);
}

QTEST_MAIN(tst_OpportunityViews)
#include "tst_opportunity_views.moc"
