#include "ui/widgets/money_edit.h"

#include "ui/widgets/amount_text.h"
#include "ui/widgets/keydesk_style.h"

#include <QEvent>
#include <QPainter>

namespace keydesk {

MoneyEdit::MoneyEdit(QWidget *parent)
    : QLineEdit(parent)
{
    setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    connect(this, &QLineEdit::editingFinished, this, &MoneyEdit::settle);
    applyTheme();
}

std::optional<Money> MoneyEdit::value() const
{
    return moneyFromText(text());
}

void MoneyEdit::setValue(std::optional<Money> value)
{
    m_last = value;
    setText(value ? moneyText(*value) : QString());
    KeydeskStyle::setInvalid(this, false);
}

bool MoneyEdit::hasAcceptableText() const
{
    return text().trimmed().isEmpty() || value().has_value();
}

void MoneyEdit::settle()
{
    KeydeskStyle::setInvalid(this, !hasAcceptableText());
    setToolTip(hasAcceptableText() ? QString() : tr("An amount such as 1284000 or 1.28m"));
    if (!hasAcceptableText() || value() == m_last)
        return;
    setValue(value());
    Q_EMIT valueChanged();
}

void MoneyEdit::applyTheme()
{
    setTextMargins(0, 0, fontMetrics().horizontalAdvance(tr("yuan")) + 6, 0);
}

void MoneyEdit::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const Theme &theme = Theme::of(this);
    painter.setPen(theme.color(isEnabled() ? Token::Muted : Token::Disabled));
    painter.drawText(rect().adjusted(0, 0, -10, 0), Qt::AlignRight | Qt::AlignVCenter, tr("yuan"));
}

void MoneyEdit::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace keydesk
