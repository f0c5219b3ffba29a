#pragma once

#include "query/search.h"
#include "ui/pages/list_pane.h"

class QLineEdit;
class QListWidget;
class QPushButton;

namespace keydesk {

class BadgeLabel;
class InlineMessage;
class RecordForm;
class RoutePane;
class TextLabel;

// The capture page of a seat: number -> who calls, the six elements of the opportunity, and what
// became of what was captured here.
class HotlinePage final : public Workspace
{
    Q_OBJECT

public:
    explicit HotlinePage(Desk &desk, QWidget *parent = nullptr);
    void arrive() override;
    /// A line of the directory, as if its number had called.
    bool showRecord(const QString &entity, const QString &id) override;

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildCaller();
    QWidget *buildForm();
    void retranslate();
    void lookUp();
    void showMatches(const std::vector<CallerMatch> &matches);
    void askServer(const QString &number, const QString &entity);
    void choose(int index);
    void showCaller();
    void record();
    void recordHandled();
    void send(bool handled, const QString &handledNote);
    void buildCaptured(QWidget *parent);
    void showCompleteness();
    void reset();
    void saveDraft();
    void restoreDraft();

    QLineEdit *m_number;
    QPushButton *m_find;
    InlineMessage *m_message;
    QListWidget *m_matches;
    TextLabel *m_caller;
    BadgeLabel *m_levels;
    TextLabel *m_open;
    RecordForm *m_form;
    TextLabel *m_complete;
    QPushButton *m_handled;
    QPushButton *m_record;
    QPushButton *m_clear;
    ListPane *m_captured;
    RoutePane *m_route;
    RecordSearch m_search;
    std::vector<CallerMatch> m_found;
    QString m_account;
    QString m_contact;
    QString m_person;
    QString m_organisation;
    QString m_card; // line of the directory, while the customer's file is not here
    bool m_filling = false;
};

} // namespace keydesk
