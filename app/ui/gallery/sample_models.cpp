#include "ui/gallery/sample_models.h"

#include "models/roles.h"
#include "ui/gallery/gallery.h"
#include "ui/widgets/amount_text.h"

#include <QStandardItemModel>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr qint64 oneMinute = 60'000;
constexpr qint64 oneHour = 60 * oneMinute;

struct SampleRow
{
    const char *customer;
    const char *demand;
    const char *owner;
    qint64 minutesLeft;
    qint64 minutesAllowed;
    qint64 fen;
    const char *stateText;
    BadgeKind state;
    int progress;
};

const SampleRow sampleRows[] = {
    {QT_TRANSLATE_NOOP("keydesk::Gallery", "Suzhou Industrial Park Committee"),
     QT_TRANSLATE_NOOP("keydesk::Gallery", "Leased line 20M, 12 sites"),
     QT_TRANSLATE_NOOP("keydesk::Gallery", "Wang Lei"), -12, 240, 128'400'000,
     QT_TRANSLATE_NOOP("keydesk::Gallery", "To claim"), BadgeKind::Info, 10},
    {QT_TRANSLATE_NOOP("keydesk::Gallery", "Kunming First People's Hospital"),
     QT_TRANSLATE_NOOP("keydesk::Gallery", "Short-number cluster, 300 members"),
     QT_TRANSLATE_NOOP("keydesk::Gallery", "Zhou Min"), 7, 240, 4'560'000,
     QT_TRANSLATE_NOOP("keydesk::Gallery", "To claim"), BadgeKind::Info, 10},
    {QT_TRANSLATE_NOOP("keydesk::Gallery", "Yangtze Logistics"),
     QT_TRANSLATE_NOOP("keydesk::Gallery", "IDC hosting, 12 racks"),
     QT_TRANSLATE_NOOP("keydesk::Gallery", "Wang Lei"), 100, 240, 36'000'000,
     QT_TRANSLATE_NOOP("keydesk::Gallery", "Queued"), BadgeKind::Pending, 35},
    {QT_TRANSLATE_NOOP("keydesk::Gallery", "Dianchi Lake Tourism Group"),
     QT_TRANSLATE_NOOP("keydesk::Gallery", "Unified payment for 45 numbers"),
     QT_TRANSLATE_NOOP("keydesk::Gallery", "Chen Jie"), 2'900, 4'320, 980'000,
     QT_TRANSLATE_NOOP("keydesk::Gallery", "Claimed"), BadgeKind::Info, 52},
    {QT_TRANSLATE_NOOP("keydesk::Gallery", "Yunnan Green Energy"),
     QT_TRANSLATE_NOOP("keydesk::Gallery", "Video conference, 8 rooms"),
     QT_TRANSLATE_NOOP("keydesk::Gallery", "Chen Jie"), 0, 0, 12'345'678,
     QT_TRANSLATE_NOOP("keydesk::Gallery", "Signed"), BadgeKind::Ok, 100},
    {QT_TRANSLATE_NOOP("keydesk::Gallery", "Blue Plateau Foods"),
     QT_TRANSLATE_NOOP("keydesk::Gallery", "Demand unclear, ask again"),
     QT_TRANSLATE_NOOP("keydesk::Gallery", "Operations centre"), 600, 1'440, 0,
     QT_TRANSLATE_NOOP("keydesk::Gallery", "Returned"), BadgeKind::Neutral, 0},
};

QList<double> sampleTrend(int seed)
{
    QList<double> trend;
    for (int month = 0; month < 12; ++month)
        trend += 100 + 20 * std::sin(month * 0.7 + seed) + month * (seed % 3 - 1) * 4;
    return trend;
}

ClockValue sampleClock(const SampleRow &row, qint64 nowMs)
{
    if (row.minutesAllowed == 0)
        return {};
    return {nowMs + row.minutesLeft * oneMinute, row.minutesAllowed * oneMinute, {}};
}

} // namespace

QAbstractItemModel *sampleOpportunities(qint64 nowMs, QObject *parent)
{
    auto *model = new QStandardItemModel(0, 8, parent);
    model->setHorizontalHeaderLabels({Gallery::tr("Clock"), Gallery::tr("No."),
                                      Gallery::tr("Customer"), Gallery::tr("Demand"),
                                      Gallery::tr("Value (yuan)"), Gallery::tr("State"),
                                      Gallery::tr("Trend"), Gallery::tr("Progress")});
    model->horizontalHeaderItem(4)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    for (int i = 0; i < 24; ++i) {
        const SampleRow &row = sampleRows[i % 6];
        QList<QStandardItem *> cells;
        for (int column = 0; column < model->columnCount(); ++column)
            cells += new QStandardItem;
        const QString number = u"SJ-%1"_s.arg(412 + i, 4, 10, QChar(u'0'));
        cells[0]->setData(number, IdRole);
        cells[0]->setData(QVariant::fromValue(sampleClock(row, nowMs + i / 6 * oneHour)),
                          ClockRole);
        if (i == 9)
            cells[0]->setData(QVariant::fromValue(
                                  ClockValue{1, 1, Gallery::tr("Paused: customer")}),
                              ClockRole);
        cells[1]->setText(number);
        cells[2]->setText(Gallery::tr(row.customer));
        cells[2]->setData(u"building-2"_s, IconRole);
        cells[3]->setText(Gallery::tr(row.demand));
        cells[4]->setText(moneyText(Money{row.fen}));
        cells[4]->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        cells[5]->setText(Gallery::tr(row.stateText));
        cells[5]->setData(QVariant::fromValue(Badge{row.state, Gallery::tr(row.stateText)}),
                          BadgeRole);
        cells[6]->setData(QVariant::fromValue(sampleTrend(i)), SparklineRole);
        cells[7]->setData(row.progress, ProgressRole);
        cells[3]->setData(i % 6 == 5, MutedRole);
        model->appendRow(cells);
    }
    return model;
}

QAbstractItemModel *sampleCards(int stage, qint64 nowMs, QObject *parent)
{
    auto *model = new QStandardItemModel(parent);
    for (int i = 0; i < std::max(0, 4 - stage); ++i) {
        const SampleRow &row = sampleRows[(i + stage * 2) % 6];
        auto *card = new QStandardItem(Gallery::tr(row.customer));
        card->setData(u"card-%1-%2"_s.arg(stage).arg(i), IdRole);
        card->setData(Gallery::tr(row.demand), SecondaryRole);
        card->setData(Gallery::tr(row.owner), PersonRole);
        card->setData(shortMoneyText(Money{row.fen}), ValueRole);
        card->setData(QVariant::fromValue(sampleClock(row, nowMs)), ClockRole);
        if (i == 1)
            card->setData(QVariant::fromValue(Badge{BadgeKind::Warn, Gallery::tr("No next step")}),
                          BadgeRole);
        model->appendRow(card);
    }
    return model;
}

QAbstractItemModel *sampleEvents(qint64 nowMs, QObject *parent)
{
    struct Event
    {
        int minutesAgo;
        const char *icon;
        const char *title;
        const char *summary;
        const char *person;
        Badge badge;
    };
    const Event events[] = {
        {20,
         "phone-incoming",
         QT_TRANSLATE_NOOP("keydesk::Gallery", "Call"),
         QT_TRANSLATE_NOOP("keydesk::Gallery",
                           "Complains that the leased line at the Kunming site drops every "
                           "afternoon; wants a written answer before Friday."),
         QT_TRANSLATE_NOOP("keydesk::Gallery", "Liu Yan"),
         {BadgeKind::Warn, Gallery::tr("Answer owed")}},
        {170,
         "sticky-note",
         QT_TRANSLATE_NOOP("keydesk::Gallery", "Note"),
         QT_TRANSLATE_NOOP("keydesk::Gallery", "The IT director decides alone below 50,000 yuan."),
         QT_TRANSLATE_NOOP("keydesk::Gallery", "Wang Lei"),
         {BadgeKind::Pending, Gallery::tr("Queued")}},
        {1'600,
         "handshake",
         QT_TRANSLATE_NOOP("keydesk::Gallery", "Visit"),
         QT_TRANSLATE_NOOP("keydesk::Gallery", "Plan for the IDC move agreed."),
         QT_TRANSLATE_NOOP("keydesk::Gallery", "Wang Lei"),
         {BadgeKind::Ok, Gallery::tr("Done")}},
        {1'700,
         "wrench",
         QT_TRANSLATE_NOOP("keydesk::Gallery", "Fault closed"),
         "",
         QT_TRANSLATE_NOOP("keydesk::Gallery", "Station 3"),
         {BadgeKind::Ok, Gallery::tr("Restored")}},
        {5'000,
         "file-text",
         QT_TRANSLATE_NOOP("keydesk::Gallery", "Contract ends in 12 days"),
         "",
         QT_TRANSLATE_NOOP("keydesk::Gallery", "Rule"),
         {BadgeKind::Danger, Gallery::tr("Renew")}},
    };
    auto *model = new QStandardItemModel(parent);
    for (const Event &event : events) {
        auto *entry = new QStandardItem(Gallery::tr(event.title));
        entry->setData(nowMs - event.minutesAgo * oneMinute, InstantRole);
        entry->setData(QString::fromLatin1(event.icon), IconRole);
        entry->setData(*event.summary ? Gallery::tr(event.summary) : QString(), SecondaryRole);
        entry->setData(Gallery::tr(event.person), PersonRole);
        entry->setData(QVariant::fromValue(event.badge), BadgeRole);
        entry->setData(Gallery::tr(event.title), IdRole);
        model->appendRow(entry);
    }
    return model;
}

} // namespace keydesk
