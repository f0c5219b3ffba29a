#include "ui/gallery/gallery.h"
#include "ui/gallery/gallery_pages.h"
#include "ui/widgets/action_source.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/date_edit.h"
#include "ui/widgets/diff_row.h"
#include "ui/widgets/field_form.h"
#include "ui/widgets/field_row.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/instant_edit.h"
#include "ui/widgets/money_edit.h"
#include "ui/widgets/record_picker.h"
#include "ui/widgets/text_label.h"

#include <QAction>
#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

// Finds invented customers, a moment later, as a worker would.
class SampleSource final : public PaletteSource
{
public:
    using PaletteSource::PaletteSource;

    QString title() const override { return Gallery::tr("Customers"); }
    void activate(const QString &, bool) override { }
    void query(const QString &text, int generation) override
    {
        const QList<Candidate> all{{u"1"_s,
                                    Gallery::tr("Kunming First People's Hospital"),
                                    Gallery::tr("Zhou Min · 0871-6***12"),
                                    u"building-2"_s,
                                    {},
                                    Gallery::tr("Alt+Enter: call"),
                                    {{BadgeKind::Neutral, Gallery::tr("Value A")}}},
                                   {u"2"_s,
                                    Gallery::tr("Suzhou Industrial Park Committee"),
                                    Gallery::tr("Wang Lei · 0512-6***80"),
                                    u"building-2"_s,
                                    {},
                                    Gallery::tr("Alt+Enter: call"),
                                    {{BadgeKind::Neutral, Gallery::tr("Value A")},
                                     {BadgeKind::Danger, Gallery::tr("2 faults")}}},
                                   {u"3"_s,
                                    Gallery::tr("Yangtze Logistics"),
                                    Gallery::tr("Wang Lei · 021-5***31"),
                                    u"building-2"_s,
                                    {},
                                    Gallery::tr("Alt+Enter: call"),
                                    {{BadgeKind::Neutral, Gallery::tr("Value B")}}}};
        QList<Candidate> hits;
        for (const Candidate &candidate : all) {
            if (candidate.title.contains(text, Qt::CaseInsensitive))
                hits += candidate;
        }
        QTimer::singleShot(30, this, [this, generation, hits] { Q_EMIT found(generation, hits); });
    }
};

void fillDemandPart(FieldForm &form)
{
    form.addSection(Gallery::tr("Demand"));
    auto *customer = new RecordPicker;
    customer->setSource(new SampleSource(customer));
    customer->setCurrent(u"2"_s, Gallery::tr("Suzhou Industrial Park Committee"));
    form.addRow(Gallery::tr("Customer(&K)"), customer, true);
    auto *type = new QComboBox;
    type->addItems({Gallery::tr("New line"), Gallery::tr("Move"), Gallery::tr("Upgrade")});
    form.addRow(Gallery::tr("Demand type(&T)"), type, true);
    auto *value = new MoneyEdit;
    value->setValue(Money{128'400'000});
    form.addRow(Gallery::tr("Expected value(&V)"), value)
        ->setHint(Gallery::tr("Over the whole contract"));
    auto *due = new DateEdit;
    due->setDate(QDate(2026, 11, 24));
    form.addRow(Gallery::tr("Wanted by(&D)"), due);
    auto *visit = new InstantEdit;
    visit->setValue(Instant{1'795'000'000'000});
    form.addRow(Gallery::tr("Next contact(&N)"), visit);
    auto *wrong = new DateEdit;
    wrong->setText(u"2026-13-01"_s);
    form.addRow(Gallery::tr("Signed on(&S)"), wrong)
        ->setError(Gallery::tr("This is not a date. Write 2026-11-21, 11-21 or +3."));
}

} // namespace

QWidget *makeFormPage(ClockTicker &)
{
    QWidget *canvas = galleryCanvas();
    auto *form = new FieldForm(nullptr, 2);
    fillDemandPart(*form);
    form->addSection(Gallery::tr("Contact"));
    form->addRow(Gallery::tr("Contact name"), new QLineEdit(Gallery::tr("Li Gong")), true);
    auto *empty = new QLineEdit;
    form->addRow(Gallery::tr("Phone(&P)"), empty, true)
        ->setError(Gallery::tr("A phone number is needed so that somebody can call back."));
    auto *text = new QPlainTextEdit(Gallery::tr("Wants the line before the fair opens."));
    text->setFixedHeight(84);
    text->setTabChangesFocus(true);
    form->addWideRow(Gallery::tr("Summary(&M)"), text);
    gallerySection(canvas, Gallery::tr("Record an opportunity"))->addWidget(form);
    return canvas;
}

QWidget *makeConflictPage(ClockTicker &)
{
    QWidget *canvas = galleryCanvas();
    auto *section = gallerySection(canvas, Gallery::tr("2 fields differ"));
    auto *phone = new DiffRow;
    phone->setValue({Gallery::tr("Phone"),
                     {u"0512-6288 1100"_s, {}},
                     {u"0512-6288 1101"_s, Gallery::tr("Wang Lei, 09:20")},
                     {u"0512-6288 1109"_s, Gallery::tr("Liu Yan, 09:25")}});
    section->addWidget(phone);
    auto *address = new DiffRow;
    address->setValue({Gallery::tr("Address"),
                       {Gallery::tr("1 Xingang Street"), {}},
                       {{}, Gallery::tr("Wang Lei, 09:20")},
                       {Gallery::tr("18 Xinghu Street, tower B"), Gallery::tr("Liu Yan, 09:25")}});
    address->chooseTheirs();
    section->addWidget(address);
    return canvas;
}

QWidget *makePalettePage(ClockTicker &)
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->addWidget(
        new TextLabel(Gallery::tr("Command palette"), TextRole::Section, Token::Text));
    column->addStretch();
    auto *palette = new CommandPalette(page);
    palette->addSource(new SampleSource(palette));
    auto *commands = new ActionSource(palette);
    const auto command = [page](const QString &text, const QString &iconName, const char *key) {
        auto *action = new QAction(text, page);
        action->setProperty("iconName", iconName);
        action->setShortcut(QKeySequence(QString::fromLatin1(key)));
        return action;
    };
    commands->addActions({command(Gallery::tr("Claim opportunity(&C)"), u"check"_s, "C"),
                          command(Gallery::tr("New visit"), u"handshake"_s, "Ctrl+Shift+V"),
                          command(Gallery::tr("Sync now"), u"refresh-cw"_s, "F5")});
    palette->addSource(commands);
    QTimer::singleShot(0, palette, [palette] { palette->open(); });
    return page;
}

} // namespace keydesk
