#include "ui/pages/conflict_panel.h"

#include "base/money_text.h"
#include "query/display_text.h"
#include "ui/widgets/date_text.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QJsonDocument>
#include <QVBoxLayout>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

QString conflictKey(const CaseSettlement::Conflict &conflict)
{
    return u"conflict/%1/%2"_s.arg(conflict.localNo).arg(conflict.field->name);
}

// Kinds whose values are words of a list are chosen, not typed.
bool canBeTyped(Kind kind)
{
    return kind == Kind::Text || kind == Kind::LongText || kind == Kind::Phone
        || kind == Kind::TextList || kind == Kind::Integer || kind == Kind::Money
        || kind == Kind::BasisPoints || kind == Kind::Date;
}

Result<Cell> valueTyped(const FieldInfo &field, const QString &text, const QDate &today)
{
    if (text.trimmed().isEmpty())
        return Cell();
    switch (field.kind) {
    case Kind::Integer: {
        const auto number = parseInteger(text);
        return number ? Result<Cell>(Cell(*number)) : number.error();
    }
    case Kind::Money: {
        const auto amount = parseMoney(text);
        return amount ? Result<Cell>(Cell(amount->fen)) : amount.error();
    }
    case Kind::BasisPoints: {
        const auto rate = parsePercent(text);
        return rate ? Result<Cell>(Cell(qint64(rate->value))) : rate.error();
    }
    case Kind::Date: {
        const auto date = dateFromText(text, today);
        if (!date)
            return Error("field.malformed"_reason, {field.label.text(), text, u"2026-01-31"_s});
        return ValueTraits<QDate>::toCell(*date);
    }
    default:
        return Cell(text);
    }
}

} // namespace

ConflictPanel::ConflictPanel(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
}

void ConflictPanel::clear()
{
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    m_lines.clear();
}

void ConflictPanel::addTitle(const QString &text)
{
    auto *title = new TextLabel(text, TextRole::Body, Token::Text, this);
    title->setBold(true);
    title->setWordWrap(true);
    m_layout->addWidget(title);
}

// Base, mine and theirs of a field that truly differs; theirs is what the replica holds now.
void ConflictPanel::add(const CaseSettlement::Conflict &conflict, const QString &name)
{
    const auto words = [&](const Cell &cell) {
        return displayText(*conflict.field, cell, m_desk.lookup);
    };
    DiffValue value;
    value.field = conflict.field->label.text();
    value.base = {words(conflict.base), {}};
    value.mine = {words(conflict.mine), m_desk.workbench.me().name};
    value.theirs = {words(conflict.theirs), m_desk.lookup.title(u"staff"_s, conflict.editor)};
    auto *diff = new DiffRow(this);
    diff->setObjectName(name);
    diff->setValue(value);
    diff->setEditable(canBeTyped(conflict.field->kind));
    m_layout->addWidget(diff);
    const Line line{conflict, diff};
    m_lines.push_back(line);
    connect(diff, &DiffRow::chosen, this,
            [this, line](DiffRow::Choice choice, const QString &text) {
                takeChoice(line, choice, text);
            });
    connect(diff, &DiffRow::typed, this, [this, line] { keep(line); });
    restore(line);
    Q_EMIT settledChanged();
}

void ConflictPanel::takeChoice(const Line &line, DiffRow::Choice choice, const QString &text)
{
    const CaseSettlement::Conflict &conflict = line.conflict;
    if (choice == DiffRow::Choice::Mine)
        Q_EMIT chosen(conflict, conflict.mine);
    else if (choice == DiffRow::Choice::Theirs)
        Q_EMIT chosen(conflict, conflict.theirs);
    if (choice == DiffRow::Choice::Edited) {
        const auto typed = valueTyped(*conflict.field, text, businessDate({m_desk.ticker.nowMs()}));
        if (typed) {
            Q_EMIT chosen(conflict, *typed);
        } else {
            line.row->unchoose();
            m_desk.toasts.show(typed.error().text(), BadgeKind::Danger);
        }
    }
    keep(line);
    Q_EMIT settledChanged();
}

bool ConflictPanel::isSettled() const
{
    return std::all_of(m_lines.begin(), m_lines.end(), [](const Line &line) {
        return line.row->choice() != DiffRow::Choice::None;
    });
}

void ConflictPanel::settle(void (DiffRow::*choose)())
{
    if (m_lines.empty())
        return;
    auto line = std::find_if(m_lines.begin(), m_lines.end(), [](const Line &one) {
        return one.row->hasFocus() || one.row->isAncestorOf(QApplication::focusWidget());
    });
    if (line == m_lines.end())
        line = std::find_if(m_lines.begin(), m_lines.end(), [](const Line &one) {
            return one.row->choice() == DiffRow::Choice::None;
        });
    if (line == m_lines.end())
        line = m_lines.begin();
    const bool edits = choose == &DiffRow::startEditing;
    (line->row->*choose)();
    if (!edits && line + 1 != m_lines.end())
        (line + 1)->row->setFocus();
}

void ConflictPanel::keep(const Line &line)
{
    Arguments draft;
    draft.values = {{u"choice"_s, Cell(qint64(line.row->choice()))},
                    {u"text"_s, Cell(line.row->typedText())},
                    {u"theirs"_s, line.conflict.theirs}};
    m_desk.workbench.saveDraft(conflictKey(line.conflict),
                               QString::fromUtf8(
                                   QJsonDocument(draft.toJson()).toJson(QJsonDocument::Compact)));
}

// A choice against another value of the server is made anew; what was typed stays.
void ConflictPanel::restore(const Line &line) const
{
    const QByteArray body = m_desk.workbench.draft(conflictKey(line.conflict)).toUtf8();
    const auto draft = Arguments::fromJson(u"draft"_s, QJsonDocument::fromJson(body).object());
    if (body.isEmpty() || !draft)
        return;
    const auto kept = [&draft](const QString &name) {
        const auto found = draft->values.find(name);
        return found == draft->values.end() ? Cell() : found->second;
    };
    const bool same = kept(u"theirs"_s) == line.conflict.theirs;
    line.row->restore(same ? DiffRow::Choice(kept(u"choice"_s).integer()) : DiffRow::Choice::None,
                      kept(u"text"_s).text());
}

QStringList ConflictPanel::draftKeys(std::optional<qint64> localNo) const
{
    QStringList keys;
    for (const Line &line : m_lines) {
        if (!localNo || line.conflict.localNo == *localNo)
            keys.append(conflictKey(line.conflict));
    }
    return keys;
}

} // namespace keydesk
