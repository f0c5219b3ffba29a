#pragma once

#include "query/search.h"
#include "ui/shell/workspace.h"

#include <QTimer>

class QLineEdit;
class QListWidget;
class QPushButton;

namespace keydesk {

struct Account;
struct CallerCard;
class BadgeLabel;
class CallerFile;
class InlineMessage;
class TextLabel;

// Number -> who calls: found here while one types, asked of the server on Enter, chosen when
// several have the number. Says honestly what this PC may not hold.
class CallerPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit CallerPanel(Desk &desk, QWidget *parent = nullptr);

    QString number() const;
    /// Empty while nobody was found or chosen.
    const QString &account() const { return m_account; }
    const QString &contact() const { return m_contact; }
    /// Who was found or chosen.
    std::optional<CallerMatch> caller() const;
    /// Number and caller of a draft, without looking them up again.
    void restore(const QString &number, const std::optional<CallerMatch> &caller);
    /// As if this one had called: a line of the directory.
    void showCaller(const CallerMatch &match);
    void focusNumber();
    /// Whether the person is still at the number or at the button that asks who it is.
    bool isAsking() const;
    /// For the next call.
    void clear();
    void showMessage(BadgeKind kind, const QString &text, const QString &detail = {});

Q_SIGNALS:
    /// Another number, or another person for it.
    void callerChanged();
    /// Enter in the number's field: the call is answered, work goes on in the form.
    void numberEntered();
    /// One of several with the number was chosen with Enter.
    void matchTaken();

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    QWidget *buildCaller();
    void retranslate();
    void lookUpHere();
    void enterNumber();
    void askServer(const QString &entity);
    void takeAnswer(const QString &entity, const Result<OnlineAnswer> &answer);
    void showMatches(const std::vector<CallerMatch> &matches);
    void choose(int index);
    void showAccount(const CallerMatch &match);
    void showFile(const Account &account);
    void showCard(const CallerCard &card);
    QString managedBy(const QString &manager) const;
    void askForFile();

    Desk &m_desk;
    RecordSearch m_search;
    QTimer m_typing;
    QLineEdit *m_edit;
    QPushButton *m_find;
    InlineMessage *m_message;
    QListWidget *m_matches;
    TextLabel *m_name;
    TextLabel *m_masked;
    BadgeLabel *m_levels;
    TextLabel *m_facts;
    QPushButton *m_open;
    CallerFile *m_file;
    std::vector<CallerMatch> m_found;
    QString m_account;
    QString m_contact;
    int m_chosen = -1;
};

} // namespace keydesk
