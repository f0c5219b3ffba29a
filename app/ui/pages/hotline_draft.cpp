// What is typed on the capture page and not recorded: kept on disk, and had back after the form was
// emptied for the next call.
#include "ui/pages/hotline_page.h"

#include "ui/pages/ask_dialog.h"
#include "ui/pages/caller_panel.h"
#include "ui/pages/contact_facts.h"
#include "ui/pages/record_form.h"

#include <QJsonDocument>

namespace keydesk {

using namespace Qt::StringLiterals;

// The caller and what is typed, in the shape of a command's arguments.
Arguments HotlinePage::draft() const
{
    Arguments draft;
    draft.values = {{u"number"_s, Cell(m_caller->number())}, {u"typed_for"_s, Cell(m_typedFor)}};
    if (m_form->isDirty())
        draft.sets = {{u"values"_s, m_form->typed()}, {u"unread"_s, m_form->unread()}};
    if (const auto caller = m_caller->caller())
        draft.sets[u"caller"_s] = {{u"entity"_s, Cell(caller->entity)},
                                   {u"id"_s, Cell(caller->id)},
                                   {u"account"_s, Cell(caller->accountId)},
                                   {u"title"_s, Cell(caller->title)},
                                   {u"organisation"_s, Cell(caller->accountName)}};
    return draft;
}

void HotlinePage::restore(const Arguments &draft)
{
    m_filling = true;
    const auto kept = [](const FieldValues &values, const QString &name) {
        const auto value = values.find(name);
        return value == values.end() ? QString() : value->second.text();
    };
    std::optional<CallerMatch> caller;
    if (const auto set = draft.sets.find(u"caller"_s); set != draft.sets.end())
        caller = CallerMatch{kept(set->second, u"entity"_s),       kept(set->second, u"id"_s),
                             kept(set->second, u"account"_s),      kept(set->second, u"title"_s),
                             kept(set->second, u"organisation"_s), false};
    m_caller->restore(kept(draft.values, u"number"_s), caller);
    m_form->clear();
    if (const auto values = draft.sets.find(u"values"_s); values != draft.sets.end())
        m_form->fill(values->second);
    if (const auto texts = draft.sets.find(u"unread"_s); texts != draft.sets.end())
        m_form->fillUnread(texts->second);
    m_typedFor = kept(draft.values, u"typed_for"_s);
    m_takenNumber.clear();
    const QString phone = m_form->valueOf(u"contact_phone"_s).text();
    if (phone == m_typedFor || phone == m_caller->number())
        m_takenNumber = phone;
    m_filling = false;
}

void HotlinePage::saveDraft()
{
    if (m_filling)
        return;
    const bool nothing = !m_form->isDirty() && m_caller->number().isEmpty() && !m_caller->caller();
    workbench().saveDraft(u"hotline"_s,
                          nothing
                              ? QString()
                              : QString::fromUtf8(
                                  QJsonDocument(draft().toJson()).toJson(QJsonDocument::Compact)));
}

// What was being typed when the program ended is here again.
void HotlinePage::restoreDraft()
{
    const QByteArray body = workbench().draft(u"hotline"_s).toUtf8();
    const auto kept = Arguments::fromJson(u"draft"_s, QJsonDocument::fromJson(body).object());
    if (!body.isEmpty() && kept)
        restore(*kept);
}

// An empty form for who calls now; what stood there can be had back.
void HotlinePage::startForCaller()
{
    const Arguments before = draft();
    m_form->clear();
    m_facts->startAnew();
    m_takenNumber.clear();
    m_typedFor.clear();
    takeNumber();
    if (m_caller->caller())
        m_form->focusField(u"need_kinds"_s);
    saveDraft();
    preview();
    offerBack(tr("New record for this caller"), before);
}

void HotlinePage::nextCall()
{
    const bool typed = m_form->isDirty();
    const Arguments before = draft();
    reset();
    if (typed)
        offerBack(tr("Emptied for the next call"), before);
}

void HotlinePage::offerBack(const QString &done, const Arguments &before)
{
    desk().toasts.showUndo(done, [this, before] {
        if (m_form->isDirty())
            return desk().toasts.show(tr("Another call is being typed here: record it first."),
                                      BadgeKind::Warn);
        restore(before);
        followCaller();
        saveDraft();
        preview();
    });
}

} // namespace keydesk
