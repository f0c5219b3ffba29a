#pragma once

#include "ui/pages/case_settlement.h"
#include "ui/shell/workspace.h"

class QPushButton;
class QSplitter;
class QTreeWidget;
class QTreeWidgetItem;
class QVBoxLayout;

namespace keydesk {

class ConflictPanel;
class InlineMessage;
class LiveTally;
class PageHeader;
class TextLabel;

// Is my work safe? What needs me? The queue, the refused commands with what was typed and why, and
// conflicts field by field with three values.
class SyncPage final : public Workspace
{
    Q_OBJECT

public:
    explicit SyncPage(Desk &desk, QWidget *parent = nullptr);
    void arrive() override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildDetail(QSplitter &across);
    void buildActs();
    void retranslate();
    void refresh();
    void addQueued();
    void addRejected();
    QTreeWidgetItem *addCase(const RejectedCommand &rejected, QTreeWidgetItem *parent);
    void showCurrent();
    void showHeld();
    void watchHeld();
    void showCase(const RejectedCommand &rejected, CaseSettlement settlement);
    void showRetry();
    TextLabel *addLine(const QString &text);
    void clearRows();
    void showLines(const CommandCall &call);
    void retry();
    void forget(const QStringList &drafts);
    void withdraw();
    void discard();
    void discardNow(qint64 localNo, const QStringList &drafts);
    std::optional<RejectedCommand> current() const;
    std::optional<QueuedCommand> currentQueued() const;
    /// The case of this command, in its order.
    std::vector<RejectedCommand> caseOf(const RejectedCommand &rejected) const;

    PageHeader *m_header;
    InlineMessage *m_message;
    QTreeWidget *m_list;
    QWidget *m_detail;
    QVBoxLayout *m_rows;
    TextLabel *m_title;
    TextLabel *m_reason;
    std::vector<std::pair<QString, LiveTally *>> m_held;
    QPushButton *m_retry;
    QPushButton *m_discard;
    QPushButton *m_withdraw;
    ConflictPanel *m_conflict;
    QAction *m_retryAct;
    QAction *m_discardAct;
    QAction *m_now;
    QAction *m_choices[3];
    CaseSettlement m_settlement; // of the case that is shown
    qint64 m_shown = 0; // the refused command whose lines are shown
    QTreeWidgetItem *m_queue;
    QTreeWidgetItem *m_refused;
};

} // namespace keydesk
