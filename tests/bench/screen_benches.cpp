// What a person at the screen waits for: real windows without a screen, driven by keys.

#include "benches.h"
#include "support/desktop/desktop_driver.h"
#include "ui/widgets/inline_message.h"

#include <QAbstractItemModel>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>

namespace keydesk::bench {

using namespace Qt::StringLiterals;
using test::DesktopDriver;

namespace {

constexpr int lookups = 100;
constexpr int paintedIn = 10'000; // ms, against a loaded machine only

// Sees a widget being painted.
class PaintWatch final : public QObject
{
public:
    explicit PaintWatch(QWidget &widget) { widget.installEventFilter(this); }

    bool painted = false;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        painted = painted || event->type() == QEvent::Paint;
        return QObject::eventFilter(watched, event);
    }
};

// Milliseconds from `act` until `shows()` and the widget was painted after that.
std::optional<double> untilPainted(QWidget &widget, const std::function<void()> &act,
                                   const std::function<bool()> &shows)
{
    PaintWatch watch(widget);
    QElapsedTimer time;
    time.start();
    act();
    bool shown = false;
    const bool done = waitUntil(
        [&] {
            if (!shown && shows()) {
                shown = true;
                // What was painted meanwhile may have been the state before.
                watch.painted = false;
                widget.update();
            }
            return shown && watch.painted;
        },
        paintedIn);
    return done ? std::optional(double(time.nsecsElapsed()) / 1e6) : std::nullopt;
}

// Names that begin alike are many; the second character leaves fewer.
std::vector<double> searched(DesktopDriver &person)
{
    person.press(u"Ctrl+K"_s).untilFocused(u"paletteEdit"_s);
    auto *list = person.find<QListView>(u"paletteList"_s);
    auto *edit = person.find<QLineEdit>(u"paletteEdit"_s);
    if (!list || !edit)
        return {};
    const QString firsts = u"鑫瑞恒泰宏盛嘉源"_s;
    const QString seconds = u"隆祥丰辉利通和"_s;
    std::vector<double> samples;
    for (int i = 0; i < lookups; ++i) {
        edit->clear();
        for (const QChar key : {firsts[i % firsts.size()], seconds[i % seconds.size()]}) {
            bool changed = false;
            const auto follow = [&changed] { changed = true; };
            const auto added = QObject::connect(list->model(), &QAbstractItemModel::rowsInserted,
                                                list, follow);
            const auto reset = QObject::connect(list->model(), &QAbstractItemModel::modelReset,
                                                list, follow);
            const auto took = untilPainted(
                *list->viewport(), [&] { person.type(QString(key)); },
                [&] { return changed && list->model()->rowCount() > 0; });
            QObject::disconnect(added);
            QObject::disconnect(reset);
            if (!took)
                return {};
            samples.push_back(*took);
        }
    }
    person.press(u"Escape"_s);
    return samples;
}

struct Caller
{
    QString number;
    QString organisation; // empty: nobody has the number
};

std::vector<Caller> callersOf(BenchOffice &office, const QByteArray &condition)
{
    std::vector<Caller> callers;
    const auto master = office.master();
    if (!master)
        return callers;
    Query query = master->query("SELECT contact.phone, account.name FROM contact JOIN account ON "
                                "account.id = contact.account_id WHERE contact.phone <> '' AND "
                                + condition + " LIMIT " + QByteArray::number(lookups));
    while (query.next())
        callers.push_back({query.text(0), query.text(1)});
    return callers;
}

std::vector<Caller> strangers()
{
    std::vector<Caller> callers;
    callers.reserve(lookups);
    for (int i = 0; i < lookups; ++i)
        callers.push_back({u"166%1"_s.arg(i, 8, 10, QLatin1Char('0')), {}});
    return callers;
}

// From Enter under the number to the name of the organisation, or to the word that nobody has it.
std::vector<double> called(DesktopDriver &person, const std::vector<Caller> &callers)
{
    person.press(u"Alt+4"_s).untilPage(u"hotline"_s).untilFocused(u"hotline.number"_s);
    auto *number = person.find<QLineEdit>(u"hotline.number"_s);
    auto *name = person.find<QLabel>(u"hotline.caller"_s);
    auto *panel = person.find(u"hotline.callerPanel"_s);
    auto *message = panel ? panel->findChild<InlineMessage *>() : nullptr;
    if (!number || !name || !message)
        return {};
    std::vector<double> samples;
    for (const Caller &caller : callers) {
        const bool known = !caller.organisation.isEmpty();
        number->setFocus();
        number->clear();
        person.type(caller.number);
        const auto took = untilPainted(
            known ? static_cast<QWidget &>(*name) : *message, [&] { person.press(u"Return"_s); },
            [&] {
                return known ? name->text().contains(caller.organisation) : message->isVisible();
            });
        if (!took)
            return {};
        samples.push_back(*took);
    }
    return samples;
}

// The window of this person, signed in and still.
std::unique_ptr<DesktopDriver> windowOf(BenchOffice &office, Language &language,
                                        const QString &user)
{
    const Workbench::SignIn as = office.signIn(user);
    auto person = std::make_unique<DesktopDriver>(user, language,
                                                  office.directory(user, u"-screen"_s));
    person->signIn(as.server, as.user, as.password, as.enrolment);
    if (!person->problem().isEmpty())
        qWarning("%s", qPrintable(person->problem()));
    return person;
}

} // namespace

std::vector<Figure> screens(BenchOffice &office)
{
    Language language;
    language.install(QLocale::Chinese);
    const QString size = QString::number(office.accounts());
    const auto figure = [&size](const QString &name, double goal) {
        return Figure{name.arg(size), 0, u"ms"_s, {}, goal};
    };
    Figure search = figure(u"search_keypress_to_rows_painted_p95_%1_accounts"_s, 50);
    search.value = percentile(searched(*windowOf(office, language, u"1171"_s)), 0.95);
    Figure own = figure(u"caller_of_full_profile_painted_p95_%1_contacts"_s, 10);
    own.value = percentile(called(*windowOf(office, language, u"1101"_s),
                                  callersOf(office,
                                            "account.owner_staff_id = (SELECT id FROM "
                                            "staff WHERE code='1101')")),
                           0.95);
    Figure directory = figure(u"caller_of_directory_painted_p95_%1_contacts"_s, 50);
    Figure stranger = figure(u"caller_asked_online_painted_p95_%1_contacts"_s, 50);
    const auto agent = windowOf(office, language, u"1131"_s);
    directory.value = percentile(called(*agent, callersOf(office, "contact.phone LIKE '139%7'")),
                                 0.95);
    stranger.value = percentile(called(*agent, strangers()), 0.95);
    return {search, own, directory, stranger};
}

} // namespace keydesk::bench
