#include "ui/pages/caller_panel.h"

#include "base/phone.h"
#include "commands/staff_commands.h"
#include "domain/account.h"
#include "domain/account_tally.h"
#include "domain/assignment.h"
#include "domain/caller_card.h"
#include "domain/contact.h"
#include "ui/pages/caller_file.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/fitted_scroll.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int typingPauseMs = 150;
constexpr int shortestNumber = 7; // a landline without its area code
constexpr int callerInSight = 110; // name, levels and who looks after it, in pixels at 100 %

} // namespace

CallerPanel::CallerPanel(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_search(desk.workbench.reader())
{
    setObjectName(u"hotline.callerPanel"_s);
    build();
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPauseMs);
    connect(&m_typing, &QTimer::timeout, this, &CallerPanel::lookUpHere);
    connect(&desk.workbench, &Workbench::changed, this, [this](const ChangeSet &changes) {
        if (!m_account.isEmpty() && changes.touches(u"account"_s, RecordId(m_account)))
            choose(m_chosen);
    });
    retranslate();
}

void CallerPanel::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_edit = new QLineEdit(this);
    m_edit->setObjectName(u"hotline.number"_s);
    m_edit->setClearButtonEnabled(true);
    m_edit->addAction(icon(u"phone-incoming"_s), QLineEdit::LeadingPosition);
    // A whole number is seen beside the icon and the cross.
    m_edit->setMinimumWidth(fontMetrics().horizontalAdvance(u"0871 6300 0000"_s) + 68);
    m_find = new QPushButton(icon(u"search"_s), {}, this);
    m_find->setObjectName(u"hotline.find"_s);
    auto *line = new QHBoxLayout;
    line->addWidget(m_edit, 1);
    line->addWidget(m_find);
    layout->addLayout(line);
    m_message = new InlineMessage(this);
    m_message->hide();
    layout->addWidget(m_message);
    m_matches = new QListWidget(this);
    m_matches->setObjectName(u"hotline.matches"_s);
    m_matches->setMaximumHeight(120);
    m_matches->hide();
    layout->addWidget(m_matches);
    layout->addWidget(buildCaller());
    connect(m_edit, &QLineEdit::textEdited, &m_typing, qOverload<>(&QTimer::start));
    connect(m_edit, &QLineEdit::returnPressed, this, &CallerPanel::enterNumber);
    connect(m_find, &QPushButton::clicked, this, &CallerPanel::enterNumber);
    connect(m_matches, &QListWidget::currentRowChanged, this, &CallerPanel::choose);
    connect(m_matches, &QListWidget::itemActivated, this, &CallerPanel::matchTaken);
    connect(m_open, &QPushButton::clicked, this,
            [this] { m_desk.openRecord(u"account"_s, m_account); });
}

// Who it is: in a low window it scrolls, so that the number and the list below stay.
QWidget *CallerPanel::buildCaller()
{
    auto *scroll = new FittedScroll(callerInSight, this);
    auto *box = new QWidget(scroll);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_name = new TextLabel(TextRole::Section, Token::Text, box);
    m_name->setObjectName(u"hotline.caller"_s);
    m_name->setBold(true);
    m_name->setWordWrap(true);
    m_masked = new TextLabel(TextRole::Body, Token::Text2, box);
    m_levels = new BadgeLabel(box);
    m_facts = new TextLabel(TextRole::Body, Token::Text2, box);
    m_facts->setObjectName(u"hotline.callerFacts"_s);
    m_facts->setWordWrap(true);
    m_open = new QPushButton(icon(u"external-link"_s), {}, box);
    m_open->setObjectName(u"hotline.open"_s);
    for (QWidget *part : std::initializer_list<QWidget *>{m_name, m_masked, m_levels, m_facts})
        layout->addWidget(part);
    layout->addWidget(m_open, 0, Qt::AlignLeft);
    m_file = new CallerFile(m_desk, box);
    layout->addWidget(m_file);
    scroll->setWidget(box);
    return scroll;
}

void CallerPanel::retranslate()
{
    m_edit->setPlaceholderText(tr("Caller's number"));
    m_edit->setAccessibleName(tr("Caller's number"));
    m_find->setText(tr("Who is it?"));
    m_matches->setAccessibleName(tr("Who it may be"));
    m_open->setText(tr("Open the customer"));
    if (m_found.empty() && number().isEmpty())
        showMatches({});
    else
        choose(m_chosen);
}

QString CallerPanel::number() const
{
    return m_edit->text().trimmed();
}

std::optional<CallerMatch> CallerPanel::caller() const
{
    if (m_chosen < 0 || m_chosen >= int(m_found.size()))
        return std::nullopt;
    return m_found[std::size_t(m_chosen)];
}

void CallerPanel::restore(const QString &number, const std::optional<CallerMatch> &caller)
{
    m_edit->setText(number);
    if (caller)
        m_account = caller->accountId; // nobody called just now: its file is not asked for
    showMatches(caller ? std::vector<CallerMatch>{*caller} : std::vector<CallerMatch>());
}

void CallerPanel::showCaller(const CallerMatch &match)
{
    m_message->hide();
    // The number of another customer is not his.
    if (!m_account.isEmpty() && m_account != match.accountId)
        m_edit->clear();
    showMatches({match});
}

void CallerPanel::focusNumber()
{
    m_edit->setFocus();
    m_edit->selectAll();
}

bool CallerPanel::isAsking() const
{
    const QWidget *at = window()->focusWidget();
    return at == m_edit || at == m_find;
}

void CallerPanel::clear()
{
    m_edit->clear();
    m_message->hide();
    showMatches({});
}

void CallerPanel::showMessage(BadgeKind kind, const QString &text, const QString &detail)
{
    m_message->showMessage(kind, text, detail);
}

// Costs a few milliseconds, so it answers while the number is typed.
void CallerPanel::lookUpHere()
{
    m_typing.stop();
    m_message->hide();
    showMatches(number().size() < shortestNumber ? std::vector<CallerMatch>()
                                                 : m_search.caller(number()));
}

void CallerPanel::enterNumber()
{
    if (number().isEmpty())
        return;
    lookUpHere();
    if (m_found.empty())
        askServer(u"contact"_s);
    Q_EMIT numberEntered();
}

// A masked replica cannot match a number it never held: the server can.
void CallerPanel::askServer(const QString &entity)
{
    OnlineQuery question;
    question.entity = entity;
    question.phone = number();
    question.limit = 8;
    m_desk.workbench.ask(question,
                         [this, alive = QPointer(this), entity,
                          asked = number()](const Result<OnlineAnswer> &answer) {
                             if (alive && number() == asked)
                                 takeAnswer(entity, answer);
                         });
}

void CallerPanel::takeAnswer(const QString &entity, const Result<OnlineAnswer> &answer)
{
    if (!answer)
        return showMessage(BadgeKind::Warn, tr("Not known here, and the server is out of reach."),
                           tr("Record the call; it is matched when the line is back."));
    std::vector<CallerMatch> matches;
    for (const Row &row : answer->rows) {
        if (entity == u"contact") {
            const Contact contact = fromRow<Contact>(row);
            matches.push_back({entity, contact.id.text(), contact.accountId.text(), contact.name,
                               m_desk.lookup.title(u"account"_s, contact.accountId.text()), false});
        } else {
            const Account account = fromRow<Account>(row);
            matches.push_back(
                {entity, account.id.text(), account.id.text(), account.name, account.name, false});
        }
    }
    if (matches.empty() && entity == u"contact")
        return askServer(u"account"_s);
    showMatches(matches);
    if (matches.empty())
        showMessage(BadgeKind::Info, tr("Nobody has this number."),
                    tr("Fill in the organisation: a potential customer is made of it."));
}

void CallerPanel::showMatches(const std::vector<CallerMatch> &matches)
{
    m_found = matches;
    m_chosen = -1;
    const QSignalBlocker quiet(m_matches);
    m_matches->clear();
    for (const CallerMatch &match : matches)
        m_matches->addItem(match.title == match.accountName || match.accountName.isEmpty()
                               ? match.title
                               : match.title + u"  ·  "_s + match.accountName);
    m_matches->setCurrentRow(-1);
    m_matches->setVisible(matches.size() > 1);
    choose(matches.size() == 1 ? 0 : -1);
}

void CallerPanel::choose(int index)
{
    m_chosen = index;
    const QString before = m_account;
    m_account.clear();
    m_contact.clear();
    m_levels->setBadges({});
    m_facts->clear();
    m_file->show({});
    const bool known = index >= 0 && index < int(m_found.size());
    if (known)
        showAccount(m_found[std::size_t(index)]);
    else if (m_found.size() > 1)
        m_name->setText(
            tr("%n customers have this number; choose one.", nullptr, int(m_found.size())));
    else
        m_name->setText(number().size() < shortestNumber ? tr("No caller yet.")
                                                         : tr("Unknown number."));
    m_masked->setText(known ? maskedPhones(number()) : QString());
    for (QWidget *part : std::initializer_list<QWidget *>{m_masked, m_levels, m_facts, m_open})
        part->setVisible(known);
    if (m_account != before)
        askForFile();
    Q_EMIT callerChanged();
}

void CallerPanel::showAccount(const CallerMatch &match)
{
    m_account = match.accountId;
    m_contact = match.entity == u"contact" ? match.id : QString();
    const auto card = m_desk.workbench.reader().find<CallerCard>(
        match.entity == u"caller_card" ? RecordId(match.id) : RecordId());
    if (card)
        m_contact = card->contactId.text();
    const auto account = m_desk.workbench.reader().find<Account>(RecordId(m_account));
    const QString organisation = account ? account->name : match.accountName;
    const QString person = match.entity == u"account" ? QString() : match.title;
    m_name->setText((organisation + u"  "_s + person).trimmed());
    m_open->setEnabled(account.has_value());
    if (account)
        showFile(*account);
    else if (card)
        showCard(*card);
}

void CallerPanel::showFile(const Account &account)
{
    m_levels->setBadges({{BadgeKind::Neutral, labelOf(account.valueClass)},
                         {BadgeKind::Neutral, labelOf(account.serviceLevel)},
                         {BadgeKind::Neutral, labelOf(account.mgmtTier)}});
    m_file->show(account.id.text());
    QStringList facts{managedBy(m_desk.lookup.title(u"staff"_s, account.ownerStaffId.text()))};
    const QDate today = businessDate({m_desk.ticker.nowMs()});
    for (const Row &row : m_desk.workbench.reader()
                              .store()
                              .select(m_desk.workbench.catalog().entity(u"assignment"_s),
                                      "account_id = ? AND role = 'deputy' AND deleted_at IS NULL",
                                      {Cell(account.id.text())})) {
        const auto deputy = fromRow<Assignment>(row);
        if (deputy.isCurrent(today))
            facts.append(
                tr("Deputy %1").arg(m_desk.lookup.title(u"staff"_s, deputy.staffId.text())));
    }
    facts.append(tr("open opportunities: %1").arg(m_file->openOpportunities()));
    m_facts->setText(facts.join(u" · "_s));
}

// The directory's line is all this PC may hold; it says so.
void CallerPanel::showCard(const CallerCard &card)
{
    m_levels->setBadges({{BadgeKind::Neutral, labelOf(card.valueClass)},
                         {BadgeKind::Neutral, labelOf(card.serviceLevel)},
                         {BadgeKind::Neutral, labelOf(card.mgmtTier)}});
    QStringList facts{managedBy(card.amName)};
    if (!card.deputyName.isEmpty())
        facts.append(tr("Deputy %1").arg(card.deputyName));
    const auto tally = m_desk.workbench.reader().find<AccountTally>(
        AccountTally::idOf(card.accountId));
    facts.append(tr("open opportunities: %1").arg(tally ? tally->openOpportunities : 0));
    facts.append(tr("Details online only."));
    m_facts->setText(facts.join(u" · "_s));
}

QString CallerPanel::managedBy(const QString &manager) const
{
    return manager.isEmpty() ? tr("no account manager") : tr("AM %1").arg(manager);
}

// The file comes masked, for a day, and fills in what is shown here when it is there.
void CallerPanel::askForFile()
{
    if (m_account.isEmpty() || m_desk.workbench.reader().findRow(u"account"_s, RecordId(m_account)))
        return;
    OpenAccount open;
    open.account = RecordId(m_account);
    open.reason = Label{"来电", "Call"}.argument();
    m_desk.workbench.run(callOf(open));
}

void CallerPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace keydesk
