#pragma once

#include "ui/pages/case_settlement.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/diff_row.h"

class QVBoxLayout;

namespace keydesk {

// The fields of a refused case that somebody else changed too, each with its three values and the
// choice between them. Knows whether everything is chosen; choices and half-typed values are kept
// until the case is closed. Sends nothing itself.
class ConflictPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit ConflictPanel(Desk &desk, QWidget *parent = nullptr);

    void clear();
    void addTitle(const QString &text);
    /// Adds a field, with what was chosen or typed for it before.
    void add(const CaseSettlement::Conflict &conflict, const QString &name);
    /// Every field that differs has its choice; true without a conflict.
    bool isSettled() const;
    /// Under which drafts its choices and half-typed values are kept, those of one command or all.
    QStringList draftKeys(std::optional<qint64> localNo = {}) const;

    /// Settles the field that has the focus, else the first without a choice, and goes on to the
    /// next.
    void chooseMine() { settle(&DiffRow::chooseMine); }
    void chooseTheirs() { settle(&DiffRow::chooseTheirs); }
    void startEditing() { settle(&DiffRow::startEditing); }

Q_SIGNALS:
    /// What this field shall hold.
    void chosen(const keydesk::CaseSettlement::Conflict &conflict, const keydesk::Cell &value);
    /// isSettled() may be another.
    void settledChanged();

private:
    struct Line
    {
        CaseSettlement::Conflict conflict;
        DiffRow *row;
    };
    void takeChoice(const Line &line, DiffRow::Choice choice, const QString &text);
    void keep(const Line &line);
    void restore(const Line &line) const;
    void settle(void (DiffRow::*choose)());

    Desk &m_desk;
    QVBoxLayout *m_layout;
    std::vector<Line> m_lines;
};

} // namespace keydesk
