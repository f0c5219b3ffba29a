#pragma once

#include "ui/pages/routing_view.h"

#include <QWidget>

class QGridLayout;

namespace keydesk {

class TextLabel;

// Shows who gets an opportunity, by which rule, and why everybody else who was considered does not.
class RoutingPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit RoutingPanel(QWidget *parent = nullptr);

    /// At most this many people are listed; the rest are counted.
    void setMostPeople(int most) { m_most = most; }
    /// What is shown was decided once and holds no more: it came back since.
    void setPast(bool past);
    void setRouting(const RoutingView &view);
    /// The newest decision on an opportunity, or why there is none.
    void showRouteOf(const RecordId &opportunity, const ReplicaReader &reader,
                     const RecordLookup &lookup);
    /// Says in one sentence why there is nothing to show.
    void setUnknown(const QString &sentence);

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void addPerson(int row, const RoutingView::Person &person);
    void clearPeople();

    TextLabel *m_head;
    TextLabel *m_why;
    QGridLayout *m_people;
    RoutingView m_view;
    QString m_unknown;
    int m_most = 8;
    bool m_past = false;
};

} // namespace keydesk
