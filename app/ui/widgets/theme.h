#pragma once

#include "ui/widgets/tokens.h"

#include <QFont>
#include <QPalette>

class QWidget;

namespace keydesk {

enum class Density { Compact, Standard, Comfortable };
enum class TextRole { Caption, Body, Section, PageTitle, Kpi };

// The look the user chose, as a value: colours, sizes, fonts. It lives in the application's
// KeydeskStyle; widgets ask Theme::of(this) each time they paint and never keep a copy.
class Theme final
{
public:
    ThemeMode mode = ThemeMode::Light;
    Density density = Density::Standard;
    int textPercent = 100; ///< 100, 115, 130 or 150

    static constexpr int textPercents[] = {100, 115, 130, 150};
    static constexpr int controlRadius = 4;
    static constexpr int cardRadius = 6;
    static constexpr int focusRing = 2;

    QColor color(Token token) const { return tokenColor(token, mode); }
    QPalette palette() const;
    /// The palette of the navigation rail, dark in both modes.
    QPalette railPalette() const;
    QFont font(TextRole role = TextRole::Body, bool bold = false) const;
    /// The families of every font of the product; CJK is named, or Qt may pick a Japanese face.
    static QStringList fontFamilies();

    /// `designPixels` at 100 % in the user's text size; for icons, glyphs and whatever holds text.
    int scaled(int designPixels) const { return (designPixels * textPercent + 50) / 100; }
    /// Height of a table row: the density's, or what the text needs when that is more.
    int rowHeight() const;
    /// Height of buttons and one-line fields.
    int controlHeight() const;
    int iconSize() const { return scaled(16); }
    bool labelsBesideFields() const { return density != Density::Comfortable; }

    /// The theme of the style that draws `widget`; the default theme under a foreign style.
    static const Theme &of(const QWidget *widget);
    /// The theme of the application's style.
    static const Theme &current();

    bool operator==(const Theme &) const = default;
};

} // namespace keydesk
