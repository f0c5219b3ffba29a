#include "ui/pages/condition_form.h"

#include "base/both_words.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/field_form.h"
#include "ui/widgets/field_row.h"

#include <QComboBox>
#include <QEvent>
#include <QJsonArray>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

enum Answer : int { Any, Yes, No };

QStringList wordsOf(const QJsonValue &value)
{
    const QJsonArray list = value.isString() ? QJsonArray{value} : value.toArray();
    QStringList words;
    for (const auto &one : list)
        words.append(one.toString());
    return words;
}

} // namespace

ConditionForm::ConditionForm(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_form(new FieldForm(this, 2))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    // Its fields keep their height inside a form that is scrolled.
    m_form->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    for (const ConditionKey &key : conditionKeys())
        addLine(key);
    setFocusProxy(m_lines.front().yesNo);
    retranslate();
}

void ConditionForm::addLine(const ConditionKey &key)
{
    Line line{&key, nullptr, nullptr, nullptr};
    QWidget *editor = nullptr;
    if (key.form == ConditionKey::YesNo) {
        line.yesNo = new QComboBox(m_form);
        for (int answer : {Any, Yes, No})
            line.yesNo->addItem({}, answer);
        connect(line.yesNo, &QComboBox::activated, this, &ConditionForm::edited);
        editor = line.yesNo;
    } else {
        line.choices = new ChoiceButton(m_form);
        connect(line.choices, &ChoiceButton::edited, this, &ConditionForm::edited);
        editor = line.choices;
    }
    editor->setObjectName(u"routing_rule.condition."_s + QLatin1StringView(key.key));
    line.row = m_form->addRow(key.label.text(), editor);
    m_lines.push_back(line);
}

void ConditionForm::fillChoices(const Line &line, const QStringList &kept)
{
    QList<std::pair<QString, QString>> choices;
    if (line.key->form == ConditionKey::Word) {
        for (const EnumKey &word : line.key->words)
            choices.append({QString::fromLatin1(word.key), word.label.argument()});
    } else if (m_desk.workbench.isReady()) {
        const EntityInfo &entity = m_desk.workbench.catalog().entity(
            QString::fromLatin1(line.key->entity));
        const bool hasEnglish = entity.field(u"english_name"_s) != nullptr;
        for (const Row &row :
             m_desk.workbench.reader().store().select(entity, "deleted_at IS NULL ORDER BY code",
                                                      {})) {
            choices.append(
                {entity.cell(row, u"code"_s).text(),
                 bothWords(entity.cell(row, u"name"_s).text(),
                           hasEnglish ? entity.cell(row, u"english_name"_s).text() : QString())});
        }
    }
    for (const QString &key : kept) {
        const bool known = std::any_of(choices.begin(), choices.end(),
                                       [&](const auto &one) { return one.first == key; });
        if (!known)
            choices.append({key, key});
    }
    line.choices->setWords(choices);
    line.choices->setKeys(kept);
}

void ConditionForm::setCondition(const QJsonObject &condition)
{
    m_unknown = condition;
    for (const Line &line : m_lines) {
        const QJsonValue wanted = m_unknown.take(QLatin1StringView(line.key->key));
        if (line.yesNo)
            line.yesNo->setCurrentIndex(wanted.isBool() ? (wanted.toBool() ? Yes : No) : Any);
        else
            fillChoices(line, wordsOf(wanted));
    }
}

QJsonObject ConditionForm::condition() const
{
    QJsonObject condition = m_unknown;
    for (const Line &line : m_lines) {
        const QString key = QString::fromLatin1(line.key->key);
        if (line.yesNo && line.yesNo->currentIndex() != Any)
            condition.insert(key, line.yesNo->currentIndex() == Yes);
        else if (line.choices && !line.choices->keys().isEmpty())
            condition.insert(key, QJsonArray::fromStringList(line.choices->keys()));
    }
    return condition;
}

void ConditionForm::retranslate()
{
    setAccessibleName(tr("Condition"));
    for (const Line &line : m_lines) {
        line.row->setLabel(line.key->label.text());
        if (!line.yesNo)
            continue;
        line.yesNo->setItemText(Any, tr("any", "a condition is not asked"));
        line.yesNo->setItemText(Yes, line.key->yes.text());
        line.yesNo->setItemText(No, line.key->no.text());
    }
}

void ConditionForm::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace keydesk
