#include "dispatch/caller_cards.h"

#include "base/phone.h"
#include "commands/assignment_commands.h"
#include "dispatch/concerned_accounts.h"
#include "domain/assignment.h"
#include "domain/caller_card.h"
#include "domain/contact.h"
#include "rules/caller_key.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// A card names who looks after the customer: those that call one of these people otherwise now.
std::set<QString> misnaming(CommandContext &context, const std::set<QString> &people)
{
    std::set<QString> accounts;
    for (const QString &id : people) {
        const auto person = context.tx.find<Staff>(RecordId(id));
        Query cards = context.tx.store().database().query(
            "SELECT DISTINCT s.account_id FROM assignment s JOIN caller_card c ON c.account_id = "
            "s.account_id WHERE s.staff_id = ?1 AND s.deleted_at IS NULL AND c.deleted_at IS NULL "
            "AND (s.valid_from IS NULL OR s.valid_from <= ?3) "
            "AND (s.valid_until IS NULL OR s.valid_until >= ?3) "
            "AND ((s.role = 'main_am' AND coalesce(c.am_name, '') <> ?2) "
            "OR (s.role = 'deputy' AND coalesce(c.deputy_name, '') <> ?2))");
        cards.bind(1, id)
            .bind(2, person ? person->name : u""_s)
            .bind(3, businessDate(context.now()).toString(Qt::ISODate));
        while (cards.next())
            accounts.insert(cards.text(0));
    }
    return accounts;
}

// What a card says of them, and by what they belong to a customer.
const ShownFields &cardFields()
{
    static const ShownFields fields{
        {u"account"_s,
         {u"name"_s, u"area_id"_s, u"group_code"_s, u"value_class"_s, u"mgmt_tier"_s,
          u"service_level"_s, u"phone"_s, u"deleted_at"_s}},
        {u"contact"_s,
         {u"account_id"_s, u"name"_s, u"phone"_s, u"phone2"_s, u"left_on"_s, u"deleted_at"_s}},
        {u"assignment"_s,
         {u"account_id"_s, u"staff_id"_s, u"role"_s, u"valid_from"_s, u"valid_until"_s,
          u"deleted_at"_s}},
    };
    return fields;
}

QString servingName(CommandContext &context, const RecordId &account, const char *role)
{
    const QDate today = businessDate(context.now());
    for (const Assignment &one :
         context.tx.select<Assignment>("account_id = ? AND role = ?",
                                       {Cell(account.text()), Cell(QString::fromLatin1(role))})) {
        const auto person = one.isCurrent(today) ? context.tx.find<Staff>(one.staffId)
                                                 : std::nullopt;
        if (person)
            return person->name;
    }
    return {};
}

// What all lines of one customer have in common.
CallerCard cardOf(CommandContext &context, const Account &account)
{
    CallerCard card;
    card.areaId = account.areaId;
    card.accountId = account.id;
    card.accountName = account.name;
    card.groupCode = account.groupCode;
    card.valueClass = account.valueClass;
    card.mgmtTier = account.mgmtTier;
    card.serviceLevel = account.serviceLevel;
    card.amName = servingName(context, account.id, "main_am");
    card.deputyName = servingName(context, account.id, "deputy");
    return card;
}

// Lines of one customer as they should be, by their id.
class CardSet
{
public:
    explicit CardSet(CallerCard common)
        : m_common(std::move(common))
    {
    }

    /// A line for each number in `phones`; the id follows from whom they belong to, so that a
    /// number that stays keeps its line.
    void add(const RecordId &whose, int field, const QString &phones, const Contact *contact)
    {
        int k = field * 16;
        for (const PhoneNumber &number : parsePhones(phones)) {
            if (!number.isValid())
                continue;
            CallerCard card = m_common;
            card.id = RecordId::derive(whose, k++);
            card.numberKey = callerKey(number.key, m_common.areaId);
            card.maskedNumber = number.masked();
            if (contact) {
                card.contactId = contact->id;
                card.contactInitial = contact->name.left(1);
            }
            m_cards.push_back(card);
        }
    }
    const std::vector<CallerCard> &cards() const { return m_cards; }
    bool has(const RecordId &id) const
    {
        return std::any_of(m_cards.begin(), m_cards.end(),
                           [&](const CallerCard &card) { return card.id == id; });
    }

private:
    CallerCard m_common;
    std::vector<CallerCard> m_cards;
};

bool sameLine(const CallerCard &one, const CallerCard &other)
{
    Row left = toRow(one);
    Row right = toRow(other);
    const auto own = std::ptrdiff_t(common_column::Count);
    return std::equal(left.begin() + own, left.end(), right.begin() + own, right.end());
}

Result<> write(CommandContext &context, const CallerCard &wanted)
{
    const EntityInfo &info = context.tx.info<CallerCard>();
    const auto stored = context.tx.findEver(info, wanted.id);
    if (!stored) {
        CallerCard card = wanted;
        card.createdAt = card.updatedAt = context.now();
        return context.tx.insert(card);
    }
    const auto before = fromRow<CallerCard>(*stored);
    if (before.deletedAt.isNull() && sameLine(before, wanted))
        return {};
    CallerCard card = wanted;
    card.rowVer = before.rowVer;
    card.createdAt = before.createdAt;
    card.updatedAt = context.now();
    return context.tx.replaceRow(info, *stored, toRow(card)); // a removed line comes back
}

} // namespace

Result<> refreshCallerCardsOf(CommandContext &context, const RecordId &customer)
{
    const auto present = context.tx.select<CallerCard>("account_id = ?", {customer.text()});
    const auto account = context.tx.find<Account>(customer);
    CardSet wanted(account ? cardOf(context, *account) : CallerCard());
    if (account) {
        wanted.add(account->id, 0, account->phone, nullptr);
        for (const Contact &contact :
             context.tx.select<Contact>("account_id = ?", {customer.text()})) {
            if (contact.leftOn.isValid())
                continue;
            wanted.add(contact.id, 0, contact.phone, &contact);
            wanted.add(contact.id, 1, contact.phone2, &contact);
        }
    }
    for (const CallerCard &old : present) {
        if (wanted.has(old.id))
            continue;
        if (auto done = context.tx.removeRow(context.tx.info<CallerCard>(), old.id, context.now());
            !done)
            return done;
    }
    for (const CallerCard &card : wanted.cards()) {
        if (auto done = write(context, card); !done)
            return done;
    }
    return {};
}

Result<> refreshCallerCards(Consequence &consequence)
{
    std::set<QString> accounts = concernedAccounts(consequence.context, cardFields());
    const auto &changed = consequence.context.tx.changes().rows();
    if (const auto people = changed.find(u"staff"_s); people != changed.end())
        accounts.merge(misnaming(consequence.context, people->second));
    // A deputy's assignment that begins or ends by its dates changes no row but the card.
    const auto &values = consequence.call.arguments.values;
    if (const auto account = values.find(u"account"_s); account != values.end()
        && consequence.call.type == QLatin1StringView(ApplyAssignments::name))
        accounts.insert(account->second.text());
    for (const QString &account : accounts) {
        if (auto done = refreshCallerCardsOf(consequence.context, RecordId(account)); !done)
            return done;
    }
    return {};
}

} // namespace keydesk
