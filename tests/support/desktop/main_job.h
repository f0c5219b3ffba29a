#pragma once

#include "support/desktop/demo_office.h"
#include "support/desktop/desktop_driver.h"

namespace keydesk::test {

// The main job of the product on demo data, by keyboard, with three people at real desktops: a
// hotline agent records what a caller wants, the rules dispatch it, the account manager claims it,
// works on it offline and comes back, the agent and the dispatcher see how far it is. One
// definition for the demonstration and the test.
class MainJob final
{
public:
    struct Step
    {
        const char *name;
        void (MainJob::*play)();
    };
    static const std::vector<Step> &steps();

    /// `folder` holds the desktops' data.
    MainJob(DemoOffice &office, Language &language, const QString &folder);

    /// Plays one step to its end. What did not come true, or nothing.
    QString play(const Step &step);
    /// Pictures of the desktops as they are, named NN-person.png.
    void shoot(const QString &directory, int number);

    DesktopDriver &agent() { return *m_agent; }
    DesktopDriver &manager() { return *m_manager; }
    DesktopDriver &dispatcher() { return *m_dispatcher; }
    /// The opportunity of this job as one desktop holds it; nothing before it is there.
    std::optional<Row> seenBy(DesktopDriver &person) const;
    Cell factSeenBy(DesktopDriver &person, const QString &field) const;
    const QString &title() const { return m_title; }
    /// The opportunity's id; empty before it is recorded.
    const QString &opportunity() const { return m_opportunity; }

private:
    void agentSignsIn();
    void managerSignsIn();
    void dispatcherSignsIn();
    void agentLooksUpTheCaller();
    void agentFillsInTheSixElements();
    void agentRecords();
    void serverDispatches();
    void agentSeesWhoGetsItAndWhy();
    void managerSeesItWaiting();
    void managerClaims();
    void managerGoesOffline();
    void managerNotesTheFirstContact();
    void managerWritesANote();
    void managerMovesTheStage();
    void managerPlansATask();
    void agentStillSeesTheOldState();
    void managerComesBackOnline();
    void agentSeesTheNewState();
    void dispatcherSeesTheDecision();

    void signIn(DesktopDriver &person, const QString &user);
    /// Finds the opportunity by the palette and shows it.
    void openByPalette(DesktopDriver &person);
    void chooseCaller();

    DemoOffice &m_office;
    std::unique_ptr<DesktopDriver> m_agent;
    std::unique_ptr<DesktopDriver> m_manager;
    std::unique_ptr<DesktopDriver> m_dispatcher;
    QString m_title;
    QString m_opportunity;
    QString m_customer; // its name
    QString m_number; // of the caller
};

} // namespace keydesk::test
