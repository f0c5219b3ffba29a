#pragma once

#include "ui/shell/workspace.h"

class QTreeWidget;

namespace keydesk {

class TextLabel;

// Who gets an opportunity and why: the decision as the server stored it, with everybody who was
// considered and the reason of each refusal (domain D5). Follows the record by itself.
class RoutePane final : public QWidget
{
    Q_OBJECT

public:
    explicit RoutePane(Desk &desk, QWidget *parent = nullptr);

    /// A null id empties the pane.
    void showRouteOf(const RecordId &opportunity);

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void showDecision(const Row &decision);
    void showCandidates(const QString &json);
    void fitHeight();

    Desk &m_desk;
    RecordId m_opportunity;
    TextLabel *m_summary;
    QTreeWidget *m_candidates;
};

} // namespace keydesk
