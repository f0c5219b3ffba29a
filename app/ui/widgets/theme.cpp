#include "ui/widgets/theme.h"

#include "ui/widgets/keydesk_style.h"

#include <QApplication>
#include <QFontMetrics>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

void setAll(QPalette &palette, QPalette::ColorRole role, const QColor &color)
{
    palette.setColor(QPalette::All, role, color);
}

void setDisabled(QPalette &palette, const QColor &color)
{
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::HighlightedText, QPalette::PlaceholderText, QPalette::Link})
        palette.setColor(QPalette::Disabled, role, color);
}

const Theme &themeOf(const QStyle *style)
{
    static const Theme defaultTheme;
    const auto *ours = qobject_cast<const KeydeskStyle *>(style);
    return ours ? ours->theme() : defaultTheme;
}

int pixelSize(TextRole role, Density density)
{
    switch (role) {
    case TextRole::Caption:
        return 12;
    case TextRole::Body:
        return density == Density::Comfortable ? 14 : 13;
    case TextRole::Section:
        return 16;
    case TextRole::PageTitle:
        return 18;
    case TextRole::Kpi:
        return 24;
    }
    return 13;
}

} // namespace

QPalette Theme::palette() const
{
    QPalette result;
    setAll(result, QPalette::Window, color(Token::Window));
    setAll(result, QPalette::Base, color(Token::Surface));
    setAll(result, QPalette::Button, color(Token::Surface));
    setAll(result, QPalette::Light, color(Token::Surface));
    setAll(result, QPalette::AlternateBase, color(Token::Alt));
    setAll(result, QPalette::Highlight, color(Token::Selected));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText,
                            QPalette::HighlightedText, QPalette::BrightText})
        setAll(result, role, color(Token::Text));
    setAll(result, QPalette::PlaceholderText, color(Token::Muted));
    setAll(result, QPalette::Mid, color(Token::BorderSubtle));
    setAll(result, QPalette::Midlight, color(Token::BorderSubtle));
    setAll(result, QPalette::Dark, color(Token::BorderControl));
    setAll(result, QPalette::Shadow, color(Token::BorderControl));
    setAll(result, QPalette::Link, color(Token::Link));
    setAll(result, QPalette::LinkVisited, color(Token::Link));
    setAll(result, QPalette::ToolTipBase, color(Token::Surface));
    setAll(result, QPalette::ToolTipText, color(Token::Text));
    setDisabled(result, color(Token::Disabled));
    return result;
}

QPalette Theme::railPalette() const
{
    QPalette result = palette();
    setAll(result, QPalette::Window, color(Token::Rail));
    setAll(result, QPalette::Base, color(Token::Rail));
    setAll(result, QPalette::Button, color(Token::Rail));
    setAll(result, QPalette::Highlight, color(Token::RailActive));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        setAll(result, role, color(Token::RailText));
    setAll(result, QPalette::HighlightedText, color(Token::OnFill));
    return result;
}

QStringList Theme::fontFamilies()
{
    return {u"Microsoft YaHei UI"_s, u"Noto Sans CJK SC"_s, u"WenQuanYi Micro Hei"_s,
            u"sans-serif"_s};
}

QFont Theme::font(TextRole role, bool bold) const
{
    QFont result;
    result.setFamilies(fontFamilies());
    result.setPixelSize(scaled(pixelSize(role, density)));
    const bool heavy = bold || role == TextRole::Section || role == TextRole::PageTitle
        || role == TextRole::Kpi;
    result.setWeight(heavy ? QFont::Bold : QFont::Normal);
    return result;
}

int Theme::rowHeight() const
{
    const int wanted = density == Density::Compact ? 26 : density == Density::Standard ? 30 : 36;
    return std::max(wanted, QFontMetrics(font()).lineSpacing() + 9);
}

int Theme::controlHeight() const
{
    const int wanted = density == Density::Compact ? 28 : 30;
    return std::max(wanted, QFontMetrics(font()).lineSpacing() + 10);
}

const Theme &Theme::of(const QWidget *widget)
{
    return themeOf(widget ? widget->style() : QApplication::style());
}

const Theme &Theme::current()
{
    return themeOf(QApplication::style());
}

} // namespace keydesk
