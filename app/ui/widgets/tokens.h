#pragma once

#include <QColor>

#include <span>

namespace keydesk {

enum class ThemeMode { Light, Dark };

// Every colour of the product by its meaning (ux.md section 4). Nothing else names a colour.
enum class Token {
    Window,
    Surface,
    Alt,
    Hover,
    Selected,
    Text,
    Text2,
    Muted,
    Disabled,
    BorderSubtle,
    BorderControl,
    Accent,
    AccentHover,
    Link,
    Rail,
    RailText,
    RailActive,
    OkFg,
    OkBg,
    WarnFg,
    WarnBg,
    DangerFg,
    DangerBg,
    InfoFg,
    InfoBg,
    NeutralFg,
    NeutralBg,
    PendingFg,
    PendingBg,
    FillDanger,
    FillOk,
    FillWarn,
    OnFill,
    Series1,
    Series2,
    Series3,
    Series4,
    Series5,
    Series6,
};
constexpr int tokenCount = static_cast<int>(Token::Series6) + 1;

QColor tokenColor(Token token, ThemeMode mode);
/// The token's name as the specification writes it; for tests and the gallery.
const char *tokenName(Token token);

/// WCAG 2.2 contrast of two opaque colours: 1 (none) to 21.
double contrastRatio(const QColor &one, const QColor &other);

// A foreground and a background that meet on screen, and the contrast they owe: 4.5 for text, 3 for
// outlines, focus rings and lines (WCAG 1.4.3, 1.4.11).
struct ContrastPair
{
    Token foreground;
    Token background;
    double minimum;
};
std::span<const ContrastPair> contrastPairs();

} // namespace keydesk
