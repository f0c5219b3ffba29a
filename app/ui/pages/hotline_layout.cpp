// How the capture page is laid out and named; what it does is in hotline_page.cpp.
#include "ui/pages/hotline_page.h"

#include "ui/pages/caller_panel.h"
#include "ui/pages/contact_facts.h"
#include "ui/pages/element_bar.h"
#include "ui/pages/opportunity_looks.h"
#include "ui/pages/opportunity_progress.h"
#include "ui/pages/record_form.h"
#include "ui/pages/routing_panel.h"
#include "ui/pages/willing_question.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int previewPauseMs = 200;

} // namespace

HotlinePage::HotlinePage(Desk &desk, QWidget *parent)
    : Workspace(desk, parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    auto *across = new QSplitter(Qt::Horizontal, this);
    across->setChildrenCollapsible(false);
    layout->addWidget(across);
    across->addWidget(buildCaller());
    across->addWidget(buildForm());
    across->setStretchFactor(0, 2);
    across->setStretchFactor(1, 3);

    m_recordAct = addPageAction("hotline.record", u"check"_s, QKeySequence(u"Ctrl+Return"_s),
                                [this] { record(); });
    addPageAction("hotline.handledNow", u"circle-check"_s, QKeySequence(u"Ctrl+Shift+Return"_s),
                  [this] { recordHandled(); });
    addPageAction("hotline.next", u"phone-incoming"_s, QKeySequence::New, [this] { nextCall(); });
    m_numberAct = addPageAction("hotline.number", u"phone"_s, QKeySequence(u"Ctrl+Shift+L"_s),
                                [this] { arrive(); });
    m_previewPause.setSingleShot(true);
    m_previewPause.setInterval(previewPauseMs);
    connect(&m_previewPause, &QTimer::timeout, this, &HotlinePage::preview);
    connect(&workbench(), &Workbench::changed, &m_previewPause, qOverload<>(&QTimer::start));
    retranslate();
    restoreDraft();
    preview();
}

QWidget *HotlinePage::buildCaller()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 12, 0);
    layout->setSpacing(12);
    m_caller = new CallerPanel(desk(), box);
    layout->addWidget(m_caller);
    m_capturedTitle = new TextLabel(TextRole::Section, Token::Text, box); // the header is narrow
    m_capturedTitle->setBold(true);
    m_captured = new ListPane(desk(), u"hotline.captured"_s, box);
    layout->addWidget(m_capturedTitle);
    layout->addWidget(m_captured, 1);
    decorateOpportunities(m_captured->model());
    m_captured->model().setSyncColumn(true);
    // The server's sentence is in Chinese; the state behind it is not.
    m_captured->model().setLook(u"status_text"_s, Qt::DisplayRole,
                                [this](const RecordTableModel &rows, int row) {
                                    const auto found = workbench().reader().find<Opportunity>(
                                        RecordId(rows.idAt(row)));
                                    return found ? QVariant(progressText(*found, desk().lookup))
                                                 : QVariant();
                                });
    RowQuery captured;
    captured.entity = u"opportunity"_s;
    // How far it is comes first: in a narrow window the rest may be cut.
    captured.fields = {u"custody_state"_s, u"title"_s, u"account_name"_s, u"status_text"_s,
                       u"captured_at"_s};
    captured.filter.all = {Filter::is(u"captured_by"_s, workbench().me().id.text())};
    captured.order = {{u"created_at"_s, true}};
    m_captured->setQuery(captured);
    connect(m_captured, &ListPane::opened, this,
            [this](const QString &id) { this->desk().openRecord(u"opportunity"_s, id); });
    connect(m_captured, &ListPane::currentChanged, &m_previewPause, qOverload<>(&QTimer::start));
    connect(m_caller, &CallerPanel::callerChanged, this, &HotlinePage::followCaller);
    connect(m_caller, &CallerPanel::callerChanged, this, &HotlinePage::saveDraft);
    connect(m_caller, &CallerPanel::callerChanged, this, &HotlinePage::preview);
    connect(m_caller, &CallerPanel::callerChanged, this, &HotlinePage::goOn, Qt::QueuedConnection);
    connect(m_caller, &CallerPanel::numberEntered, this, &HotlinePage::takeNumber);
    // Not before this Enter is over, as for the number.
    connect(
        m_caller, &CallerPanel::matchTaken, this, [this] { m_form->focusField(u"need_kinds"_s); },
        Qt::QueuedConnection);
    return box;
}

// The six elements of S2, section 5.2, in the order one asks for them.
void HotlinePage::addElements()
{
    m_form->addElement(Element::Need);
    m_form->addElement(Element::Basic,
                       {u"product_named"_s, u"need_stated"_s, u"willing"_s, u"purchase_planned"_s});
    for (const Element element :
         {Element::Contact, Element::KeyPerson, Element::Enterprise, Element::Informatisation})
        m_form->addElement(element);
    m_form->setOptional(u"title"_s);
    m_facts = new ContactFacts(*m_form); // before the draft is kept and the route looked up
}

// Somebody else calls while something stands in the form: it stays until it is settled whose it is.
QWidget *HotlinePage::buildOtherCaller(QWidget *parent)
{
    m_otherCaller = new InlineMessage(parent);
    m_otherCaller->setObjectName(u"hotline.otherCaller"_s);
    m_startNew = addPageAction("hotline.startNew", u"plus"_s, QKeySequence(u"Alt+N"_s),
                               [this] { startForCaller(); });
    m_keepTyped = addPageAction("hotline.keepTyped", u"check"_s, QKeySequence(u"Alt+B"_s), [this] {
        m_typedFor = m_caller->number();
        followCaller();
    });
    m_otherCaller->addButton(m_startNew);
    m_otherCaller->addButton(m_keepTyped);
    m_otherCaller->hide();
    return m_otherCaller;
}

QWidget *HotlinePage::buildForm()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(8, 0, 0, 0);
    m_elements = new ElementBar(box);
    m_elements->setObjectName(u"hotline.elements"_s);
    layout->addWidget(m_elements);
    layout->addWidget(buildOtherCaller(box));
    auto *scroll = new QScrollArea(box);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    m_form = new RecordForm(desk(), u"opportunity"_s, 2, scroll);
    addElements();
    scroll->setWidget(m_form);
    layout->addWidget(scroll, 1);
    m_route = new RoutingPanel(box);
    m_route->setObjectName(u"hotline.route"_s);
    m_route->setMostPeople(3);
    m_handled = new QPushButton(icon(u"circle-check"_s), {}, box);
    m_handled->setObjectName(u"hotline.handled"_s);
    m_record = new QPushButton(icon(u"check"_s), {}, box);
    m_record->setObjectName(u"hotline.record.button"_s);
    KeydeskStyle::setProminence(m_record, Prominence::Primary);
    m_clear = new QPushButton(box);
    m_clear->setObjectName(u"hotline.clear"_s);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    for (QPushButton *button : {m_clear, m_handled, m_record})
        buttons->addWidget(button);
    layout->addWidget(m_route);
    layout->addLayout(buttons);
    connect(m_record, &QPushButton::clicked, this, &HotlinePage::record);
    connect(m_handled, &QPushButton::clicked, this, &HotlinePage::recordHandled);
    connect(m_clear, &QPushButton::clicked, this, &HotlinePage::nextCall);
    connect(m_form, &RecordForm::edited, this, &HotlinePage::saveDraft);
    connect(m_form, &RecordForm::edited, &m_previewPause, qOverload<>(&QTimer::start));
    connect(m_form, &RecordForm::edited, this, [this] {
        const Opportunity draft = drafted();
        m_elements->setOpportunity(draft, filedPhones(workbench().reader(), draft));
    });
    return box;
}

void HotlinePage::retranslate()
{
    m_record->setText(tr("Record and dispatch"));
    m_handled->setText(tr("Handled here"));
    m_handled->setToolTip(tr("Record it and close it: done at first contact (Ctrl+Shift+Enter)"));
    m_record->setToolTip(tr("Record and dispatch (Ctrl+Enter)"));
    m_clear->setToolTip(tr("Empty the form for the next call (Ctrl+N)"));
    m_clear->setText(tr("Next call"));
    m_capturedTitle->setText(tr("Captured here"));
    m_captured->setListName(tr("Captured here"));
    m_captured->setEmpty(tr("Nothing captured yet."),
                         tr("What you record stays here for life, with how far it is."));
    const std::map<QString, QString> words = {{u"hotline.record"_s, tr("Record and dispatch")},
                                              {u"hotline.handledNow"_s, tr("Handled here")},
                                              {u"hotline.next"_s, tr("Next call")},
                                              {u"hotline.number"_s, tr("Log a call")}};
    for (QAction *action : actions()) {
        if (const auto word = words.find(action->objectName()); word != words.end())
            action->setText(word->second);
    }
    m_startNew->setText(tr("New record for this caller"));
    m_keepTyped->setText(tr("It belongs to this call"));
    followCaller(); // sentences that were made in the other language
    m_previewPause.start();
}

} // namespace keydesk
