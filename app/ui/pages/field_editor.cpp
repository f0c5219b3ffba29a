#include "ui/pages/field_editor.h"

#include "base/money_text.h"
#include "query/search.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/date_edit.h"
#include "ui/widgets/instant_edit.h"
#include "ui/widgets/money_edit.h"
#include "ui/widgets/record_picker.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// What several kinds need: a control of a known type.
template <class W>
class EditorOf : public FieldEditor
{
public:
    explicit EditorOf(QWidget *parent)
        : m_widget(new W(parent))
    {
    }
    QWidget *widget() const override { return m_widget; }
    QString rawText() const override
    {
        if constexpr (std::is_base_of_v<QLineEdit, W>)
            return m_widget->text();
        return {};
    }
    void setRawText(const QString &text) override
    {
        if constexpr (std::is_base_of_v<QLineEdit, W>)
            m_widget->setText(text);
        else
            Q_UNUSED(text)
    }

protected:
    void noteEdit()
    {
        if (edited)
            edited();
    }
    W *m_widget;
};

class LineEditor final : public EditorOf<QLineEdit>
{
public:
    LineEditor(const FieldInfo &field, QWidget *parent)
        : EditorOf(parent)
        , m_field(field)
    {
        QObject::connect(m_widget, &QLineEdit::textEdited, m_widget, [this] { noteEdit(); });
    }
    void set(const Cell &value) override
    {
        if (m_field.kind == Kind::Integer)
            m_widget->setText(value.isNull() ? QString() : formatInteger(value.integer()));
        else if (m_field.kind == Kind::BasisPoints)
            m_widget->setText(value.isNull() ? QString() : formatPercent({int(value.integer())}));
        else
            m_widget->setText(value.text());
        m_widget->setCursorPosition(0); // the beginning is what one knows it by
    }
    Result<Cell> value() const override
    {
        const QString text = m_widget->text().trimmed();
        if (text.isEmpty())
            return Cell();
        if (m_field.kind == Kind::Integer) {
            auto number = parseInteger(text);
            return number ? Result<Cell>(Cell(*number)) : number.error();
        }
        if (m_field.kind == Kind::BasisPoints) {
            auto rate = parsePercent(text);
            return rate ? Result<Cell>(Cell(qint64(rate->value))) : rate.error();
        }
        return Cell(text);
    }

private:
    FieldInfo m_field;
};

class TextEditor final : public EditorOf<QPlainTextEdit>
{
public:
    explicit TextEditor(QWidget *parent)
        : EditorOf(parent)
    {
        m_widget->setTabChangesFocus(true);
        m_widget->setFixedHeight(m_widget->fontMetrics().lineSpacing() * 3 + 16);
        QObject::connect(m_widget, &QPlainTextEdit::textChanged, m_widget, [this] { noteEdit(); });
    }
    void set(const Cell &value) override { m_widget->setPlainText(value.text()); }
    Result<Cell> value() const override
    {
        const QString text = m_widget->toPlainText();
        return text.isEmpty() ? Cell() : Cell(text);
    }
};

// A list of words that follows the language while it is shown.
class CodeBox final : public QComboBox
{
public:
    using QComboBox::QComboBox;
    void addKey(const EnumKey &key)
    {
        addItem(key.label.text(), QString::fromLatin1(key.key));
        m_labels.insert(QString::fromLatin1(key.key), key.label);
    }

protected:
    void changeEvent(QEvent *event) override
    {
        if (event->type() == QEvent::LanguageChange) {
            for (int i = 0; i < count(); ++i) {
                const auto label = m_labels.constFind(itemData(i).toString());
                if (label != m_labels.constEnd())
                    setItemText(i, label->text());
            }
        }
        QComboBox::changeEvent(event);
    }

private:
    QHash<QString, Label> m_labels;
};

class CodeEditor final : public EditorOf<CodeBox>
{
public:
    CodeEditor(const FieldInfo &field, QWidget *parent)
        : EditorOf(parent)
        , m_keys(field.keys)
    {
        if (!field.has(FieldFlag::Required))
            m_widget->addItem(u"–"_s, QString());
        for (const EnumKey &key : field.keys) {
            if (!key.serverOwned)
                m_widget->addKey(key);
        }
        QObject::connect(m_widget, &QComboBox::activated, m_widget, [this] { noteEdit(); });
    }
    void set(const Cell &value) override
    {
        int index = m_widget->findData(value.text());
        if (index < 0 && !value.isEmpty()) {
            addOther(value.text());
            index = m_widget->count() - 1;
        }
        m_widget->setCurrentIndex(std::max(0, index));
    }
    Result<Cell> value() const override
    {
        const QString key = m_widget->currentData().toString();
        return key.isEmpty() ? Cell() : Cell(key);
    }

private:
    // What nobody may choose: given by the server, or of a newer one, which is shown raw.
    void addOther(const QString &name)
    {
        const auto known = std::find_if(m_keys.begin(), m_keys.end(), [&](const EnumKey &key) {
            return name == QLatin1StringView(key.key);
        });
        known == m_keys.end() ? m_widget->addItem(name, name) : m_widget->addKey(*known);
    }

    const std::span<const EnumKey> m_keys;
};

class CodeListEditor final : public EditorOf<ChoiceButton>
{
public:
    CodeListEditor(const FieldInfo &field, QWidget *parent)
        : EditorOf(parent)
    {
        QList<std::pair<QString, Label>> choices;
        for (const EnumKey &key : field.keys)
            choices.append({QString::fromLatin1(key.key), key.label});
        m_widget->setChoices(choices);
        QObject::connect(m_widget, &ChoiceButton::edited, m_widget, [this] { noteEdit(); });
    }
    void set(const Cell &value) override
    {
        m_widget->setKeys(value.text().split(u',', Qt::SkipEmptyParts));
    }
    Result<Cell> value() const override
    {
        const QStringList keys = m_widget->keys();
        return keys.isEmpty() ? Cell() : Cell(keys.join(u','));
    }
};

class BooleanEditor final : public EditorOf<QCheckBox>
{
public:
    explicit BooleanEditor(QWidget *parent)
        : EditorOf(parent)
    {
        QObject::connect(m_widget, &QCheckBox::clicked, m_widget, [this] { noteEdit(); });
    }
    void set(const Cell &value) override { m_widget->setChecked(value.integer() != 0); }
    Result<Cell> value() const override { return Cell(qint64(m_widget->isChecked() ? 1 : 0)); }
};

class MoneyEditor final : public EditorOf<MoneyEdit>
{
public:
    explicit MoneyEditor(QWidget *parent)
        : EditorOf(parent)
    {
        QObject::connect(m_widget, &QLineEdit::textEdited, m_widget, [this] { noteEdit(); });
    }
    void set(const Cell &value) override
    {
        m_widget->setValue(value.isNull() ? std::nullopt : std::optional(Money{value.integer()}));
    }
    Result<Cell> value() const override
    {
        if (!m_widget->hasAcceptableText())
            return parseMoney(m_widget->text()).error();
        const auto amount = m_widget->value();
        return amount ? Cell(amount->fen) : Cell();
    }
};

class DateEditor final : public EditorOf<DateEdit>
{
public:
    explicit DateEditor(QWidget *parent)
        : EditorOf(parent)
    {
        QObject::connect(m_widget, &DateEdit::dateChanged, m_widget, [this] { noteEdit(); });
        QObject::connect(m_widget, &QLineEdit::textEdited, m_widget, [this] { noteEdit(); });
    }
    void set(const Cell &value) override
    {
        const QDate date = ValueTraits<QDate>::fromCell(value);
        m_widget->setDate(date.isValid() ? std::optional(date) : std::nullopt);
    }
    Result<Cell> value() const override
    {
        if (!m_widget->hasAcceptableText())
            return Error("field.malformed"_reason,
                         {m_widget->accessibleName(), m_widget->text(), u"2026-01-31"_s});
        return ValueTraits<QDate>::toCell(m_widget->date().value_or(QDate()));
    }
};

class InstantEditor final : public EditorOf<InstantEdit>
{
public:
    explicit InstantEditor(QWidget *parent)
        : EditorOf(parent)
    {
        m_widget->setDefaultTime(QTime(9, 0));
        QObject::connect(m_widget, &InstantEdit::valueChanged, m_widget, [this] { noteEdit(); });
        for (QLineEdit *part :
             {static_cast<QLineEdit *>(&m_widget->dateEdit()), &m_widget->timeEdit()})
            QObject::connect(part, &QLineEdit::textEdited, m_widget, [this] { noteEdit(); });
    }
    QString rawText() const override { return m_widget->rawText(); }
    void setRawText(const QString &text) override { m_widget->setRawText(text); }
    void set(const Cell &value) override
    {
        m_widget->setValue(value.isNull() ? std::nullopt : std::optional(Instant{value.integer()}));
    }
    Result<Cell> value() const override
    {
        if (!m_widget->hasAcceptableText())
            return Error("field.malformed"_reason,
                         {m_widget->accessibleName(),
                          (m_widget->dateEdit().text() + u' ' + m_widget->timeEdit().text())
                              .trimmed(),
                          u"2026-01-31 09:00"_s});
        return ValueTraits<Instant>::toCell(m_widget->value().value_or(Instant()));
    }
};

// Candidates of one entity for a reference field.
class ReferenceSource final : public CandidateSource
{
public:
    ReferenceSource(Desk &desk, const QString &entity, QObject *parent)
        : CandidateSource(parent)
        , m_search(desk.workbench.reader())
        , m_entity(entity)
    {
        connect(&m_search, &RecordSearch::found, this,
                [this](const QString &, const std::vector<SearchHit> &hits) {
                    QList<Candidate> candidates;
                    for (const SearchHit &hit : hits) {
                        Candidate candidate;
                        candidate.id = hit.id;
                        candidate.title = hit.title;
                        candidate.detail = hit.detail;
                        candidates.append(candidate);
                    }
                    Q_EMIT found(m_generation, candidates);
                });
    }
    void query(const QString &text, int generation) override
    {
        m_generation = generation;
        m_search.find(text, 12, {m_entity});
    }

private:
    RecordSearch m_search;
    QString m_entity;
    int m_generation = 0;
};

class ReferenceEditor final : public EditorOf<RecordPicker>
{
public:
    ReferenceEditor(const FieldInfo &field, Desk &desk, QWidget *parent)
        : EditorOf(parent)
        , m_desk(desk)
        , m_entity(field.target)
    {
        m_widget->setSource(new ReferenceSource(desk, field.target, m_widget));
        QObject::connect(m_widget, &RecordPicker::chosen, m_widget, [this] { noteEdit(); });
        QObject::connect(m_widget, &QLineEdit::textEdited, m_widget, [this] { noteEdit(); });
    }
    void set(const Cell &value) override
    {
        m_widget->setCurrent(value.text(), m_desk.lookup.title(m_entity, value.text()));
    }
    Result<Cell> value() const override
    {
        const QString id = m_widget->currentId();
        if (id.isEmpty() && !m_widget->text().isEmpty())
            return Error("reference.missing"_reason, {m_widget->accessibleName()});
        return id.isEmpty() ? Cell() : Cell(id);
    }

private:
    Desk &m_desk;
    QString m_entity;
};

} // namespace

std::unique_ptr<FieldEditor> makeFieldEditor(const FieldInfo &field, Desk &desk, QWidget *parent)
{
    switch (field.kind) {
    case Kind::LongText:
        return std::make_unique<TextEditor>(parent);
    case Kind::Code:
        return std::make_unique<CodeEditor>(field, parent);
    case Kind::CodeList:
        return std::make_unique<CodeListEditor>(field, parent);
    case Kind::Boolean:
        return std::make_unique<BooleanEditor>(parent);
    case Kind::Money:
        return std::make_unique<MoneyEditor>(parent);
    case Kind::Date:
        return std::make_unique<DateEditor>(parent);
    case Kind::Instant:
        return std::make_unique<InstantEditor>(parent);
    case Kind::Reference:
        return std::make_unique<ReferenceEditor>(field, desk, parent);
    default:
        return std::make_unique<LineEditor>(field, parent);
    }
}

} // namespace keydesk
