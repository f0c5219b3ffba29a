#include "ui/widgets/text_label.h"

#include <QEvent>

namespace keydesk {

TextLabel::TextLabel(TextRole role, Token token, QWidget *parent)
    : QLabel(parent)
    , m_role(role)
    , m_token(token)
{
    setTextFormat(Qt::PlainText);
    applyTheme();
}

TextLabel::TextLabel(const QString &text, TextRole role, Token token, QWidget *parent)
    : TextLabel(role, token, parent)
{
    setText(text);
}

void TextLabel::setToken(Token token)
{
    m_token = token;
    applyTheme();
}

void TextLabel::setBold(bool bold)
{
    m_bold = bold;
    applyTheme();
}

void TextLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

void TextLabel::applyTheme()
{
    const Theme &theme = Theme::of(this);
    setFont(theme.font(m_role, m_bold));
    QPalette colours;
    colours.setColor(QPalette::WindowText, theme.color(m_token));
    colours.setColor(QPalette::Disabled, QPalette::WindowText, theme.color(Token::Disabled));
    setPalette(colours);
}

} // namespace keydesk
