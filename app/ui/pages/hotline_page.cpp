#include "ui/pages/hotline_page.h"

#include "base/money_text.h"
#include "commands/custody_step.h"
#include "commands/opportunity_capture.h"
#include "commands/staff_commands.h"
#include "domain/account.h"
#include "domain/caller_card.h"
#include "domain/contact.h"
#include "query/display_text.h"
#include "rules/completeness.h"
#include "ui/pages/ask_dialog.h"
#include "ui/pages/opportunity_looks.h"
#include "ui/pages/opportunity_progress.h"
#include "ui/pages/record_form.h"
#include "ui/pages/route_pane.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

CallerMatch matchOf(const Contact &contact, const RecordLookup &lookup)
{
    return {u"contact"_s,
            contact.id.text(),
            contact.accountId.text(),
            contact.name,
            lookup.title(u"account"_s, contact.accountId.text()),
            false};
}

CallerMatch matchOf(const Account &account)
{
    const QString id = account.id.text();
    return {u"account"_s, id, id, account.name, account.name, false};
}

} // namespace

HotlinePage::HotlinePage(Desk &desk, QWidget *parent)
    : Workspace(desk, parent)
    , m_search(desk.workbench.reader())
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    auto *across = new QSplitter(Qt::Horizontal, this);
    across->setChildrenCollapsible(false);
    layout->addWidget(across);
    across->addWidget(buildCaller());
    across->addWidget(buildForm());
    buildCaptured(across);
    across->setStretchFactor(0, 2);
    across->setStretchFactor(1, 3);
    across->setStretchFactor(2, 3);

    addPageAction("hotline.record", u"check"_s, QKeySequence(u"Ctrl+Return"_s),
                  [this] { record(); });
    addPageAction("hotline.number", u"phone"_s, QKeySequence(u"Ctrl+Shift+L"_s),
                  [this] { arrive(); });
    connect(&workbench(), &Workbench::changed, this, [this](const ChangeSet &changes) {
        if (!m_account.isEmpty() && changes.touches(u"account"_s, RecordId(m_account)))
            showCaller();
    });
    retranslate();
    restoreDraft();
}

// What was recorded here, and for the current one who gets it and why.
void HotlinePage::buildCaptured(QWidget *parent)
{
    auto *box = new QWidget(parent);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    m_captured = new ListPane(desk(), u"hotline.captured"_s, box);
    m_route = new RoutePane(desk(), box);
    layout->addWidget(m_captured, 1);
    layout->addWidget(m_route);
    decorateOpportunities(m_captured->model());
    // The server's sentence is in Chinese; the state behind it is not.
    m_captured->model().setLook(u"status_text"_s, Qt::DisplayRole,
                                [this](const RecordTableModel &rows, int row) {
                                    const auto found = workbench().reader().find<Opportunity>(
                                        RecordId(rows.idAt(row)));
                                    return found ? QVariant(progressText(*found, desk().lookup))
                                                 : QVariant();
                                });
    RowQuery captured;
    captured.entity = u"opportunity"_s;
    captured.fields = {u"title"_s, u"account_name"_s, u"custody_state"_s, u"status_text"_s,
                       u"created_at"_s};
    captured.filter.all = {Filter::is(u"captured_by"_s, workbench().me().id.text())};
    captured.order = {{u"created_at"_s, true}};
    m_captured->setQuery(captured);
    connect(m_captured, &ListPane::opened, this,
            [this](const QString &id) { desk().openRecord(u"opportunity"_s, id); });
    connect(m_captured, &ListPane::currentChanged, this,
            [this](const QString &id) { m_route->showRouteOf(RecordId(id)); });
}

QWidget *HotlinePage::buildCaller()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 8, 0);
    m_number = new QLineEdit(box);
    m_number->setObjectName(u"hotline.number"_s);
    m_find = new QPushButton(icon(u"search"_s), {}, box);
    m_find->setObjectName(u"hotline.find"_s);
    auto *line = new QHBoxLayout;
    line->addWidget(m_number, 1);
    line->addWidget(m_find);
    layout->addLayout(line);
    m_message = new InlineMessage(box);
    m_message->hide();
    layout->addWidget(m_message);
    m_matches = new QListWidget(box);
    m_matches->setObjectName(u"hotline.matches"_s);
    m_matches->setMaximumHeight(160);
    layout->addWidget(m_matches);
    m_caller = new TextLabel(TextRole::Section, Token::Text, box);
    m_caller->setObjectName(u"hotline.caller"_s);
    m_caller->setWordWrap(true);
    m_levels = new BadgeLabel(box);
    m_open = new TextLabel(TextRole::Body, Token::Muted, box);
    m_open->setObjectName(u"hotline.callerFacts"_s);
    m_open->setWordWrap(true);
    layout->addWidget(m_caller);
    layout->addWidget(m_levels);
    layout->addWidget(m_open);
    layout->addStretch(1);
    connect(m_number, &QLineEdit::returnPressed, this, &HotlinePage::lookUp);
    connect(m_find, &QPushButton::clicked, this, &HotlinePage::lookUp);
    connect(m_matches, &QListWidget::currentRowChanged, this, &HotlinePage::choose);
    return box;
}

QWidget *HotlinePage::buildForm()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(8, 0, 8, 0);
    auto *scroll = new QScrollArea(box);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    m_form = new RecordForm(desk(), u"opportunity"_s, 1, scroll);
    m_form->addSection({"基本情况", "Basics"});
    m_form->addFields({u"title"_s, u"product_id"_s, u"quantity"_s, u"urgency"_s});
    m_form->addSection({"判断", "What is known"});
    m_form->addFields({u"product_named"_s, u"need_stated"_s, u"willing"_s, u"purchase_planned"_s});
    m_form->addSection({"需求", "Need"});
    m_form->addFields({u"need_kinds"_s, u"need_summary"_s, u"need_by"_s, u"value_fen"_s});
    m_form->addSection({"单位", "Organisation"});
    m_form->addFields({u"ent_name"_s, u"ent_industry_id"_s, u"ent_employees"_s, u"ent_address"_s});
    m_form->addSection({"联系人", "Contact"});
    m_form->addFields({u"contact_name"_s, u"contact_phone"_s, u"contact_time"_s});
    m_form->addSection({"关键人", "Key person"});
    m_form->addFields({u"key_person_name"_s, u"key_person_title"_s, u"key_person_phone"_s});
    m_form->addSection({"信息化现状", "Informatisation"});
    m_form->addFields({u"it_level"_s, u"it_operator"_s, u"it_contract_until"_s});
    scroll->setWidget(m_form);
    layout->addWidget(scroll, 1);
    m_complete = new TextLabel(TextRole::Caption, Token::Text2, box);
    m_complete->setObjectName(u"hotline.completeness"_s);
    m_complete->setWordWrap(true);
    layout->addWidget(m_complete);
    m_handled = new QPushButton(icon(u"circle-check"_s), {}, box);
    m_handled->setObjectName(u"hotline.handled"_s);
    connect(m_handled, &QPushButton::clicked, this, &HotlinePage::recordHandled);
    m_record = new QPushButton(icon(u"check"_s), {}, box);
    m_record->setObjectName(u"hotline.record.button"_s);
    m_record->setDefault(true);
    m_clear = new QPushButton(box);
    m_clear->setObjectName(u"hotline.clear"_s);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_clear);
    buttons->addWidget(m_handled);
    buttons->addWidget(m_record);
    layout->addLayout(buttons);
    connect(m_record, &QPushButton::clicked, this, &HotlinePage::record);
    connect(m_clear, &QPushButton::clicked, this, &HotlinePage::reset);
    connect(m_form, &RecordForm::edited, this, &HotlinePage::saveDraft);
    connect(m_form, &RecordForm::edited, this, &HotlinePage::showCompleteness);
    return box;
}

void HotlinePage::retranslate()
{
    m_number->setPlaceholderText(tr("Caller's number, Enter looks it up"));
    m_number->setAccessibleName(tr("Caller's number"));
    m_find->setText(tr("Who is it?"));
    m_matches->setAccessibleName(tr("Who it may be"));
    m_record->setText(tr("Record and dispatch"));
    m_handled->setText(tr("Handled here"));
    m_handled->setToolTip(tr("Record it and close it: done at first contact"));
    m_clear->setText(tr("Next call"));
    showCompleteness();
    m_captured->header().setTitle(tr("Captured here"));
    m_captured->setListName(tr("Captured here"));
    m_captured->setEmpty(tr("Nothing captured yet."),
                         tr("What you record stays here for life, with how far it is."));
    for (QAction *action : actions())
        action->setText(action->objectName() == u"hotline.record" ? tr("Record and dispatch")
                                                                  : tr("Log a call"));
    if (m_account.isEmpty())
        m_caller->setText(tr("No caller yet."));
    else
        showCaller();
}

void HotlinePage::arrive()
{
    m_number->setFocus();
    m_number->selectAll();
}

void HotlinePage::lookUp()
{
    const QString number = m_number->text().trimmed();
    if (number.isEmpty())
        return;
    m_message->hide();
    const std::vector<CallerMatch> matches = m_search.caller(number);
    showMatches(matches);
    if (matches.empty())
        askServer(number, u"contact"_s);
    if (m_form->isDirty())
        return;
    m_filling = true;
    m_form->clear({{u"contact_phone"_s, Cell(number)}});
    m_filling = false;
}

void HotlinePage::showMatches(const std::vector<CallerMatch> &matches)
{
    m_found = matches;
    m_matches->clear();
    for (const CallerMatch &match : matches)
        m_matches->addItem(match.title == match.accountName || match.accountName.isEmpty()
                               ? match.title
                               : match.title + u"  ·  "_s + match.accountName);
    m_matches->setVisible(matches.size() > 1);
    m_account.clear();
    m_contact.clear();
    m_card.clear();
    showCaller();
    if (matches.size() == 1)
        choose(0);
    else if (!matches.empty())
        m_caller->setText(
            tr("%n customers have this number; choose one.", nullptr, int(matches.size())));
    else
        m_caller->setText(tr("Unknown number."));
}

// A masked replica cannot match a number it never held: the server can. Persons first, then the
// switchboards of organisations.
void HotlinePage::askServer(const QString &number, const QString &entity)
{
    OnlineQuery question;
    question.entity = entity;
    question.phone = number;
    question.limit = 8;
    workbench().ask(
        question,
        [this, alive = QPointer(this), number, entity](const Result<OnlineAnswer> &answer) {
            if (!alive || m_number->text().trimmed() != number)
                return;
            if (!answer) {
                m_message->showMessage(BadgeKind::Warn,
                                       tr("Not known here, and the server is out of reach."),
                                       tr("Record the call; it is matched when the line is back."));
                return;
            }
            const bool persons = entity == u"contact";
            if (answer->rows.empty() && persons)
                return askServer(number, u"account"_s);
            std::vector<CallerMatch> matches;
            for (const Row &row : answer->rows)
                matches.push_back(persons ? matchOf(fromRow<Contact>(row), desk().lookup)
                                          : matchOf(fromRow<Account>(row)));
            showMatches(matches);
            if (matches.empty())
                m_message->showMessage(
                    BadgeKind::Info, tr("Nobody has this number."),
                    tr("Fill in the organisation: a potential customer is made of it."));
        });
}

void HotlinePage::choose(int index)
{
    if (index < 0 || index >= int(m_found.size()))
        return;
    const CallerMatch &match = m_found[std::size_t(index)];
    m_account = match.accountId;
    m_contact = match.entity == u"contact" ? match.id : QString();
    m_card = match.entity == u"caller_card" ? match.id : QString();
    if (const auto card = workbench().reader().find<CallerCard>(RecordId(m_card)))
        m_contact = card->contactId.text();
    m_person = match.entity == u"account" ? QString() : match.title;
    m_organisation = match.accountName;
    showCaller();
    if (workbench().reader().findRow(u"account"_s, RecordId(m_account)))
        return;
    // The file comes masked, for a day, and fills in what is shown here when it is there.
    OpenAccount open;
    open.account = RecordId(m_account);
    open.reason = tr("Call");
    workbench().run(callOf(open));
}

// What is known of the caller's organisation: its file, or the directory's line while there is
// none.
void HotlinePage::showCaller()
{
    QList<Badge> badges;
    QStringList words;
    const auto managedBy = [](const QString &manager) {
        return manager.isEmpty() ? tr("no account manager") : tr("AM %1").arg(manager);
    };
    if (const auto account = workbench().reader().find<Account>(RecordId(m_account))) {
        badges = {{BadgeKind::Neutral, labelOf(account->valueClass)},
                  {BadgeKind::Neutral, labelOf(account->mgmtTier)}};
        m_organisation = account->name;
        words = {managedBy(desk().lookup.title(u"staff"_s, account->ownerStaffId.text()))};
    } else if (const auto card = workbench().reader().find<CallerCard>(RecordId(m_card))) {
        badges = {{BadgeKind::Neutral, labelOf(card->valueClass)},
                  {BadgeKind::Neutral, labelOf(card->mgmtTier)}};
        words = {managedBy(card->amName), tr("open opportunities: %1").arg(card->openOpportunities),
                 tr("Details online only.")};
    }
    if (!m_account.isEmpty())
        m_caller->setText((m_organisation + u"  "_s + m_person).trimmed());
    m_levels->setBadges(badges);
    m_open->setText(words.join(u" · "_s));
}

bool HotlinePage::showRecord(const QString &entity, const QString &id)
{
    const auto card = entity == u"caller_card" ? workbench().reader().find<CallerCard>(RecordId(id))
                                               : std::nullopt;
    if (card)
        showMatches(
            {{entity, id, card->accountId.text(),
              card->contactInitial.isEmpty() ? card->accountName : card->contactInitial + u"**"_s,
              card->accountName, true}});
    return card.has_value();
}

void HotlinePage::record()
{
    send(false, {});
}

// Done while the customer was on the line: nobody else has to have it (domain C4).
void HotlinePage::recordHandled()
{
    auto *ask = new AskDialog(tr("Handled here"), tr("What was done for the customer?"), this);
    connect(ask, &AskDialog::answered, this, [this](const QString &note) { send(true, note); });
    ask->open();
}

void HotlinePage::send(bool handled, const QString &handledNote)
{
    const auto values = m_form->patch();
    if (!values)
        return;
    RecordOpportunity command;
    command.values = *values;
    command.handled = handled;
    command.handledNote = handledNote;
    if (!m_account.isEmpty())
        command.values[u"account_id"_s] = m_account;
    if (!m_contact.isEmpty())
        command.values[u"contact_id"_s] = m_contact;
    const CommandCall call = callOf(command);
    const QString done = handled ? tr("Recorded and closed: handled at first contact")
                                 : tr("Recorded; it is dispatched by the rules.");
    workbench().run(call,
                    [this, alive = QPointer(this), done,
                     id = RecordId::derive(call.id, born::Record)](
                        const Result<RunOutcome> &outcome) {
                        if (!alive)
                            return;
                        if (!outcome) {
                            if (!m_form->showRefusal(outcome.error()))
                                m_message->showMessage(BadgeKind::Danger, outcome.error().text());
                            return;
                        }
                        desk().toasts.showUndo(done, [this, localNo = outcome->localNo] {
                            workbench().withdraw(localNo, [this](const Result<> &withdrawn) {
                                if (!withdrawn)
                                    desk().toasts.show(tr("It has been sent already."),
                                                       BadgeKind::Warn);
                            });
                        });
                        reset();
                        m_captured->select(id.text());
                        m_route->showRouteOf(id);
                    });
}

// The six elements as they stand in the form, by the rule that the gate goes by (domain C2).
void HotlinePage::showCompleteness()
{
    const EntityInfo &entity = workbench().catalog().entity(u"opportunity"_s);
    Row row(std::size_t(entity.fieldCount()));
    for (const auto &[field, value] : m_form->typed())
        row[std::size_t(entity.indexOf(field))] = value;
    auto typed = fromRow<Opportunity>(row);
    typed.accountId = RecordId(m_account);
    typed.accountName = m_organisation;
    typed.contactId = RecordId(m_contact);
    typed.completenessBp = completenessOf(typed);
    QStringList words{
        tr("Elements %1", "completeness in percent").arg(formatPercent(typed.completenessBp))};
    for (std::size_t i = 0; i < std::size(EnumTable<Element>::keys); ++i)
        words.append(EnumTable<Element>::keys[i].label.text() + u' '
                     + formatPercent(completenessOf(typed, Element(i))));
    words.append(passesGate(typed) ? tr("enough to be dispatched at once")
                                   : tr("goes to the operations centre first"));
    m_complete->setText(words.join(u" · "_s));
}

void HotlinePage::reset()
{
    m_filling = true;
    m_form->clear();
    m_filling = false;
    showCompleteness();
    workbench().saveDraft(u"hotline"_s, {});
    m_number->clear();
    m_message->hide();
    showMatches({});
    m_caller->setText(tr("No caller yet."));
    arrive();
}

// The whole form with the caller, in the shape of a command's arguments.
void HotlinePage::saveDraft()
{
    if (m_filling)
        return;
    Arguments draft;
    draft.sets[u"values"_s] = m_form->typed();
    draft.values = {{u"number"_s, Cell(m_number->text())},
                    {u"account"_s, Cell(m_account)},
                    {u"contact"_s, Cell(m_contact)},
                    {u"organisation"_s, Cell(m_organisation)},
                    {u"person"_s, Cell(m_person)}};
    workbench().saveDraft(u"hotline"_s,
                          QString::fromUtf8(
                              QJsonDocument(draft.toJson()).toJson(QJsonDocument::Compact)));
}

// What was being typed when the program ended is here again.
void HotlinePage::restoreDraft()
{
    const QByteArray body = workbench().draft(u"hotline"_s).toUtf8();
    const auto draft = Arguments::fromJson(u"draft"_s, QJsonDocument::fromJson(body).object());
    if (body.isEmpty() || !draft)
        return;
    const auto kept = [&draft](const char *name) {
        const auto value = draft->values.find(QString::fromLatin1(name));
        return value == draft->values.end() ? QString() : value->second.text();
    };
    m_filling = true;
    if (const auto values = draft->sets.find(u"values"_s); values != draft->sets.end())
        m_form->fill(values->second);
    m_number->setText(kept("number"));
    m_account = kept("account");
    m_contact = kept("contact");
    m_organisation = kept("organisation");
    m_person = kept("person");
    m_filling = false;
    if (!m_account.isEmpty())
        showCaller();
    showCompleteness();
}

void HotlinePage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Workspace::changeEvent(event);
}

} // namespace keydesk
