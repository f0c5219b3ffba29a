#pragma once

#include "base/money.h"

#include <QLineEdit>

#include <optional>

namespace keydesk {

// A field for an amount in yuan, kept in fen. Takes 万 and 亿 as people say them; when the user
// leaves, it shows the amount in full. What is no amount stays, marked.
class MoneyEdit final : public QLineEdit
{
    Q_OBJECT

public:
    explicit MoneyEdit(QWidget *parent = nullptr);

    /// Nothing when the field is empty or holds no amount.
    std::optional<Money> value() const;
    void setValue(std::optional<Money> value);
    /// Whether the words are an amount or nothing at all.
    bool hasAcceptableText() const;

Q_SIGNALS:
    /// The user changed the amount and left the field or pressed Enter.
    void valueChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void settle();
    void applyTheme();

    std::optional<Money> m_last;
};

} // namespace keydesk
