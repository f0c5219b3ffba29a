#pragma once

#include "ui/widgets/theme.h"

#include <QLabel>

namespace keydesk {

// A label with a place in the type scale and a colour of the theme, kept through theme and size
// switches. It shows plain text only: what users typed is never taken for mark-up.
class TextLabel : public QLabel
{
    Q_OBJECT

public:
    explicit TextLabel(TextRole role = TextRole::Body, Token token = Token::Text,
                       QWidget *parent = nullptr);
    TextLabel(const QString &text, TextRole role, Token token, QWidget *parent = nullptr);

    void setToken(Token token);
    void setBold(bool bold);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();

    TextRole m_role;
    Token m_token;
    bool m_bold = false;
};

} // namespace keydesk
