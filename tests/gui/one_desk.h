#pragma once

#include "support/desktop/desktop_driver.h"
#include "support/office.h"

#include "domain/account.h"
#include "domain/area.h"
#include "domain/assignment.h"
#include "domain/entities.h"
#include "domain/opportunity.h"
#include "domain/team.h"

#include <QTemporaryDir>

namespace keydesk::test {

// A server in the test's process with one area, its people, and two customers of manager 1101, and
// the desktop of whoever enters. People: 1101 account manager, 1102 his colleague in the team, 1131
// hotline agent, 1151 dispatcher.
class OneDesk final
{
public:
    OneDesk()
    {
        using namespace Qt::StringLiterals;
        Area kunming;
        kunming.code = u"KM"_s;
        kunming.name = u"昆明"_s;
        area = office.add(kunming);
        Team centre;
        centre.code = u"T-OPS"_s;
        centre.name = u"运营中心"_s;
        centre.kind = TeamKind::OperationsCentre;
        centre.areaId = area;
        centre.hasQueue = true;
        queue = office.add(centre);
        Team sales;
        sales.code = u"T-S1"_s;
        sales.name = u"销售一组"_s;
        sales.kind = TeamKind::Sales;
        sales.areaId = area;
        team = office.add(sales);
        manager = addPerson(u"1101"_s, Role::AccountManager, team);
        colleague = addPerson(u"1102"_s, Role::AccountManager, team);
        agent = addPerson(u"1131"_s, Role::HotlineAgent);
        dispatcher = addPerson(u"1151"_s, Role::Dispatcher, queue);
        hospital = addAccount(u"春城医院"_s);
        factory = addAccount(u"滇池机床厂"_s);
    }
    ~OneDesk() { m_desk.reset(); }

    RecordId addPerson(const QString &code, Role role, const RecordId &inTeam = {})
    {
        using namespace Qt::StringLiterals;
        Staff staff;
        staff.code = code;
        staff.name = u"员工"_s + code;
        staff.roles.keys = {keyOf(role)};
        staff.areaId = area;
        staff.teamId = inTeam;
        return office.add(staff);
    }
    RecordId addAccount(const QString &name)
    {
        Account account;
        account.name = name;
        account.valueClass = ValueClass::B;
        account.areaId = area;
        account.ownerStaffId = manager;
        const RecordId id = office.add(account);
        Assignment assignment;
        assignment.accountId = id;
        assignment.areaId = area;
        assignment.staffId = manager;
        assignment.role = AssignmentRole::MainAm;
        office.add(assignment);
        return id;
    }
    /// An opportunity of the hospital that the manager has claimed.
    Opportunity owned(const QString &title) const
    {
        using namespace Qt::StringLiterals;
        Opportunity opportunity;
        opportunity.title = title;
        opportunity.accountId = hospital;
        opportunity.accountName = u"春城医院"_s;
        opportunity.areaId = area;
        opportunity.capturedBy = agent;
        opportunity.custodyState = CustodyState::Claimed;
        opportunity.transferCount = 1;
        opportunity.claimEpoch = 1;
        opportunity.ownerId = opportunity.assigneeId = manager;
        opportunity.claimedAt = {SystemClock().now().ms - hour};
        return opportunity;
    }
    /// After the last record is added: the person sits down at a desktop of his own.
    DesktopDriver &enter(const QString &user)
    {
        using namespace Qt::StringLiterals;
        if (!m_isOpen)
            office.open();
        m_isOpen = true;
        m_desk = std::make_unique<DesktopDriver>(user, m_language, m_directory.path(),
                                                 QSize(1366, 768), office.links());
        m_desk->signIn(u"office:1"_s, user, u"secret"_s,
                       u"keydesk://office:1/#"_s + QString(64, u'a') + u"/ABCD-EFGH"_s);
        return *m_desk;
    }
    template <class T>
    T onServer(const RecordId &id)
    {
        return fromRow<T>(
            *office.store().find(catalog.entity(QString::fromLatin1(Schema<T>::table)), id));
    }
    template <class T>
    std::vector<T> allOnServer(const QByteArray &where = "1 = 1")
    {
        std::vector<T> records;
        for (const Row &row :
             office.store().select(catalog.entity(QString::fromLatin1(Schema<T>::table)),
                                   where + " ORDER BY id"))
            records.push_back(fromRow<T>(row));
        return records;
    }

    const Catalog catalog = makeCatalog();
    const CommandRegistry registry = makeCommandRegistry();
    Office office{catalog, registry};
    RecordId area;
    RecordId queue;
    RecordId team;
    RecordId manager;
    RecordId colleague;
    RecordId agent;
    RecordId dispatcher;
    RecordId hospital;
    RecordId factory;

private:
    Language m_language;
    QTemporaryDir m_directory;
    bool m_isOpen = false;
    std::unique_ptr<DesktopDriver> m_desk;
};

} // namespace keydesk::test
