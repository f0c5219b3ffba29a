#include "ui/gallery/gallery.h"
#include "ui/gallery/gallery_pages.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/bar_chart.h"
#include "ui/widgets/highlights_bar.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/masked_label.h"
#include "ui/widgets/step_bar.h"
#include "ui/widgets/sync_chip.h"
#include "ui/widgets/toast.h"
#include "ui/widgets/week_strip.h"

#include <QAction>
#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

QList<HighlightsBar::Item> dashboardTiles()
{
    using Trend = KpiValue::Trend;
    const QList<double> rising{8, 9, 8.5, 9.4, 10, 11, 10.6, 11.8, 12.1, 12.4, 12.6, 12.8};
    const QList<double> falling{72, 72, 71, 71.5, 71, 70.2, 70, 69.8, 69.1, 69, 68.6, 68.4};
    return {{u"revenue"_s,
             {Gallery::tr("Revenue this month"),
              u"1,284"_s,
              Gallery::tr("10k yuan"),
              Gallery::tr("3.2 % over October"),
              Trend::Better,
              rising,
              {}}},
            {u"coverage"_s,
             {Gallery::tr("Member coverage"), u"68.4"_s, u"%"_s,
              Gallery::tr("1.1 points under target"), Trend::Worse, falling,
              Badge{BadgeKind::Warn, Gallery::tr("Below target")}}},
            {u"stability"_s,
             {Gallery::tr("Stability"),
              u"97.9"_s,
              u"%"_s,
              Gallery::tr("as in October"),
              Trend::Even,
              {},
              {}}},
            {u"sla"_s,
             {Gallery::tr("Deadlines kept"),
              u"96"_s,
              u"%"_s,
              Gallery::tr("2 of 52 missed"),
              Trend::None,
              {},
              {}}}};
}

QList<HighlightsBar::Item> countTiles()
{
    const auto tile = [](const QString &label, const QString &value,
                         const std::optional<Badge> &badge) {
        KpiValue result;
        result.label = label;
        result.value = value;
        result.badge = badge;
        return result;
    };
    return {{u"claim"_s, tile(Gallery::tr("To claim"), u"4"_s, {})},
            {u"soon"_s,
             tile(Gallery::tr("Less than 2 hours left"), u"1"_s,
                  Badge{BadgeKind::Danger, Gallery::tr("0:12 over")})},
            {u"warnings"_s, tile(Gallery::tr("Warnings"), u"3"_s, {})},
            {u"expiring"_s, tile(Gallery::tr("Contracts ending in 30 days"), u"5"_s, {})},
            {u"approvals"_s, tile(Gallery::tr("Approvals"), u"2"_s, {})}};
}

QList<Step> orderSteps()
{
    using State = Step::State;
    return {{u"need"_s, Gallery::tr("Requirement"), Gallery::tr("Wang Lei, 2 h"), State::Done},
            {u"survey"_s, Gallery::tr("Survey"), Gallery::tr("Station 2, 1 d"), State::Done},
            {u"resource"_s, Gallery::tr("Resource check"), Gallery::tr("since 09:10"), State::Late},
            {u"install"_s, Gallery::tr("Installation"), {}, State::Waiting},
            {u"accept"_s, Gallery::tr("Acceptance"), {}, State::Waiting}};
}

QList<WeekStrip::Day> sampleWeek()
{
    const QDate monday(2026, 11, 16);
    QList<WeekStrip::Day> days;
    for (int i = 0; i < Qt::Sunday; ++i)
        days.append({monday.addDays(i), i % 3, i == 2 ? 4 : 0});
    return days;
}

InlineMessage *sampleMessage(BadgeKind kind, const QString &text, const QString &detail)
{
    auto *message = new InlineMessage;
    message->showMessage(kind, text, detail);
    return message;
}

} // namespace

QWidget *makeTilesPage(ClockTicker &)
{
    QWidget *canvas = galleryCanvas();
    auto *large = new HighlightsBar(KpiTile::Size::Large);
    large->setItems(dashboardTiles());
    gallerySection(canvas, Gallery::tr("Dashboard tiles"))->addWidget(large);
    auto *counts = new HighlightsBar;
    counts->setItems(countTiles());
    gallerySection(canvas, Gallery::tr("Count tiles"))->addWidget(counts);
    auto *steps = new StepBar;
    steps->setSteps(orderSteps());
    gallerySection(canvas, Gallery::tr("Steps"))->addWidget(steps);
    auto *week = new WeekStrip;
    week->setDays(sampleWeek(), sampleWeek().at(2).date);
    gallerySection(canvas, Gallery::tr("Week"))->addWidget(week);
    auto *bars = new BarChart;
    bars->setMinimumHeight(200);
    bars->setParts({Gallery::tr("Claimed"), Gallery::tr("To claim")});
    bars->setBars({{u"1"_s, u"王芳"_s, {8, 2}},
                   {u"2"_s, u"陈春平"_s, {5, 3}},
                   {u"3"_s, u"许丽华"_s, {4, 0}}});
    gallerySection(canvas, Gallery::tr("Bars"))->addWidget(bars);
    auto *badges = new BadgeLabel;
    badges->setBadges({{BadgeKind::Neutral, Gallery::tr("Value A")},
                       {BadgeKind::Info, Gallery::tr("Claimed")},
                       {BadgeKind::Ok, Gallery::tr("Signed")},
                       {BadgeKind::Warn, Gallery::tr("No next step")},
                       {BadgeKind::Danger, Gallery::tr("2 fields differ")},
                       {BadgeKind::Pending, Gallery::tr("Queued")}});
    gallerySection(canvas, Gallery::tr("Badges"))->addWidget(badges);
    auto *chips = new QHBoxLayout;
    for (const auto state : {SyncChip::State::Synced, SyncChip::State::SavedHere,
                             SyncChip::State::Queued, SyncChip::State::NeedsYou}) {
        auto *chip = new SyncChip;
        chip->setState(state, 3);
        chip->setOffline(state == SyncChip::State::Queued);
        chips->addWidget(chip);
    }
    chips->addStretch();
    gallerySection(canvas, Gallery::tr("State of the work"))->addLayout(chips);
    auto *masked = gallerySection(canvas, Gallery::tr("Masked values"));
    auto *shown = new MaskedLabel;
    shown->setMasked(u"138****1234"_s, Gallery::tr("phone"), [] { return u"138 0000 1234"_s; });
    masked->addWidget(shown);
    auto *refused = new MaskedLabel;
    refused->setMasked(u"139****5678"_s, Gallery::tr("phone"), {});
    masked->addWidget(refused);
    return canvas;
}

QWidget *makeMessagesPage(ClockTicker &)
{
    QWidget *canvas = galleryCanvas();
    auto *section = gallerySection(canvas, Gallery::tr("Messages in the page"));
    auto *stale = sampleMessage(BadgeKind::Warn, Gallery::tr("This data is 26 hours old"),
                                Gallery::tr("Your own changes are in it."));
    stale->addButton(new QAction(Gallery::tr("Sync now"), stale));
    section->addWidget(stale);
    auto *error = sampleMessage(BadgeKind::Danger, Gallery::tr("Could not save"),
                                Gallery::tr("Your text is kept."));
    error->addButton(new QAction(Gallery::tr("Retry"), error));
    error->setClosable(true);
    section->addWidget(error);
    section->addWidget(
        sampleMessage(BadgeKind::Pending, Gallery::tr("Not yours until the server accepts"), {}));
    section->addWidget(sampleMessage(BadgeKind::Info, Gallery::tr("May accept directly"), {}));
    section->addWidget(sampleMessage(BadgeKind::Ok, Gallery::tr("All work accepted 09:42"), {}));
    auto *toasts = gallerySection(canvas, Gallery::tr("Toasts"));
    toasts->addWidget(new Toast(Gallery::tr("Claimed SJ-0412."), BadgeKind::Ok, Gallery::tr("Undo"),
                                u"Ctrl+Z"_s, canvas),
                      0, Qt::AlignLeft);
    toasts->addWidget(new Toast(Gallery::tr("Zhou Min claimed SJ-0420 before you, at 09:40."),
                                BadgeKind::Warn, {}, {}, canvas),
                      0, Qt::AlignLeft);
    return canvas;
}

} // namespace keydesk
