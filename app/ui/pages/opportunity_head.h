#pragma once

#include "domain/opportunity.h"
#include "rules/completeness.h"
#include "ui/shell/workspace.h"

class QPushButton;

namespace keydesk {

class BadgeLabel;
class ElementBar;
class StepBar;
class TextLabel;

// What one must know of an opportunity at a glance: whose it is, all its clocks, where custody and
// sale stand, what comes next, how complete it is. Says; the acts are the detail's.
class OpportunityHead final : public QWidget
{
    Q_OBJECT

public:
    explicit OpportunityHead(Desk &desk, QWidget *parent = nullptr);

    void show(const Opportunity &opportunity);
    /// Who decided where it went, in one line; empty: nobody yet.
    void setRoute(const QString &words);

Q_SIGNALS:
    void stageActivated(keydesk::SalesStage stage);
    void elementActivated(keydesk::Element element);

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void showNames();
    bool claimIsQueued() const;
    void showBadges();
    void showClocks();
    void showCustody();
    void showStages();
    void showNext();

    Desk &m_desk;
    Opportunity m_opportunity;
    TextLabel *m_title;
    QPushButton *m_customer;
    TextLabel *m_holder;
    BadgeLabel *m_badges;
    BadgeLabel *m_clocks;
    StepBar *m_custody;
    StepBar *m_stages;
    TextLabel *m_next;
    TextLabel *m_route;
    ElementBar *m_elements;
};

/// The stages a sale passes, in order.
std::span<const SalesStage> saleStages();

} // namespace keydesk
