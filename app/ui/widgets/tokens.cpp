#include "ui/widgets/tokens.h"

#include <array>
#include <cmath>

namespace keydesk {

namespace {

struct TokenRow
{
    Token token;
    const char *name;
    QRgb light;
    QRgb dark;
};

constexpr std::array<TokenRow, tokenCount> tokenRows{{
    {Token::Window, "window", 0xffF3F5F8, 0xff12161C},
    {Token::Surface, "surface", 0xffFFFFFF, 0xff1A2029},
    {Token::Alt, "alt", 0xffF7F9FB, 0xff1F2630},
    {Token::Hover, "hover", 0xffEAF0F8, 0xff27303D},
    {Token::Selected, "selected", 0xffD9E7FC, 0xff1F3A63},
    {Token::Text, "text", 0xff18212C, 0xffE7ECF2},
    {Token::Text2, "text2", 0xff46525F, 0xffB9C3CF},
    {Token::Muted, "muted", 0xff5C6875, 0xff9AA6B4},
    {Token::Disabled, "disabled", 0xff98A2AE, 0xff626D7A},
    {Token::BorderSubtle, "borderSubtle", 0xffDDE3EA, 0xff2D3642},
    {Token::BorderControl, "borderControl", 0xff7D8896, 0xff768394},
    {Token::Accent, "accent", 0xff1559C4, 0xff2F6FDE},
    {Token::AccentHover, "accentHover", 0xff1049A6, 0xff2A63C8},
    {Token::Link, "link", 0xff1559C4, 0xff7FB2FF},
    {Token::Rail, "rail", 0xff1E2836, 0xff0D1116},
    {Token::RailText, "railText", 0xffC3CDDA, 0xffA9B4C2},
    {Token::RailActive, "railActive", 0xff2F3F55, 0xff223047},
    {Token::OkFg, "okFg", 0xff0A6638, 0xff7ADBA3},
    {Token::OkBg, "okBg", 0xffDFF3E7, 0xff153524},
    {Token::WarnFg, "warnFg", 0xff7F4600, 0xffF5C26B},
    {Token::WarnBg, "warnBg", 0xffFDEFD2, 0xff3B2B0E},
    {Token::DangerFg, "dangerFg", 0xffA8201A, 0xffFF9C94},
    {Token::DangerBg, "dangerBg", 0xffFCE5E3, 0xff44201E},
    {Token::InfoFg, "infoFg", 0xff0B5786, 0xff86CBF5},
    {Token::InfoBg, "infoBg", 0xffDDEFF9, 0xff12324A},
    {Token::NeutralFg, "neutralFg", 0xff414C59, 0xffC2CBD6},
    {Token::NeutralBg, "neutralBg", 0xffE7EBF0, 0xff2C3542},
    {Token::PendingFg, "pendingFg", 0xff573AA3, 0xffC3B0FA},
    {Token::PendingBg, "pendingBg", 0xffECE6FA, 0xff31264F},
    {Token::FillDanger, "fillDanger", 0xffB3261E, 0xffC9372C},
    {Token::FillOk, "fillOk", 0xff0F7A45, 0xff1B7F4B},
    {Token::FillWarn, "fillWarn", 0xffB45F06, 0xffA85B0A},
    {Token::OnFill, "onFill", 0xffFFFFFF, 0xffFFFFFF},
    {Token::Series1, "series1", 0xff0B5FB0, 0xff5AA9F0},
    {Token::Series2, "series2", 0xffCB7718, 0xffC04F36},
    {Token::Series3, "series3", 0xff3A9F7C, 0xff5EF0BC},
    {Token::Series4, "series4", 0xff662250, 0xff866296},
    {Token::Series5, "series5", 0xff53540A, 0xffFFA947},
    {Token::Series6, "series6", 0xff8C91AB, 0xffDADCE9},
}};

constexpr bool rowsAreInTokenOrder()
{
    for (int i = 0; i < tokenCount; ++i) {
        if (tokenRows[static_cast<size_t>(i)].token != static_cast<Token>(i))
            return false;
    }
    return true;
}
static_assert(rowsAreInTokenOrder());

constexpr double textMinimum = 4.5;
constexpr double shapeMinimum = 3.0;

constexpr ContrastPair pairs[] = {
    {Token::Text, Token::Window, textMinimum},
    {Token::Text, Token::Surface, textMinimum},
    {Token::Text, Token::Alt, textMinimum},
    {Token::Text, Token::Hover, textMinimum},
    {Token::Text, Token::Selected, textMinimum},
    {Token::Text2, Token::Window, textMinimum},
    {Token::Text2, Token::Surface, textMinimum},
    {Token::Text2, Token::Alt, textMinimum},
    {Token::Text2, Token::Hover, textMinimum},
    {Token::Text2, Token::Selected, textMinimum},
    {Token::Muted, Token::Window, textMinimum},
    {Token::Muted, Token::Surface, textMinimum},
    {Token::Muted, Token::Alt, textMinimum},
    {Token::Muted, Token::Hover, textMinimum},
    {Token::Muted, Token::Selected, textMinimum},
    {Token::BorderControl, Token::Window, shapeMinimum},
    {Token::BorderControl, Token::Surface, shapeMinimum},
    {Token::Link, Token::Window, textMinimum},
    {Token::Link, Token::Surface, textMinimum},
    {Token::Link, Token::Alt, textMinimum},
    {Token::Link, Token::Hover, textMinimum},
    {Token::Link, Token::Selected, textMinimum},
    {Token::OnFill, Token::Accent, textMinimum},
    {Token::OnFill, Token::AccentHover, textMinimum},
    {Token::OnFill, Token::FillDanger, textMinimum},
    {Token::OnFill, Token::FillOk, textMinimum},
    {Token::OnFill, Token::FillWarn, textMinimum},
    {Token::RailText, Token::Rail, textMinimum},
    {Token::OnFill, Token::RailActive, textMinimum},
    {Token::OkFg, Token::OkBg, textMinimum},
    {Token::WarnFg, Token::WarnBg, textMinimum},
    {Token::DangerFg, Token::DangerBg, textMinimum},
    {Token::DangerFg, Token::Surface, textMinimum},
    {Token::DangerFg, Token::Window, textMinimum},
    {Token::DangerFg, Token::Selected, textMinimum},
    {Token::WarnFg, Token::Surface, textMinimum},
    {Token::OkFg, Token::Surface, textMinimum},
    {Token::InfoFg, Token::InfoBg, textMinimum},
    {Token::NeutralFg, Token::NeutralBg, textMinimum},
    {Token::PendingFg, Token::PendingBg, textMinimum},
    {Token::PendingFg, Token::Window, textMinimum},
    {Token::Series1, Token::Surface, shapeMinimum},
    {Token::Series2, Token::Surface, shapeMinimum},
    {Token::Series3, Token::Surface, shapeMinimum},
    {Token::Series4, Token::Surface, shapeMinimum},
    {Token::Series5, Token::Surface, shapeMinimum},
    {Token::Series6, Token::Surface, shapeMinimum},
};

double linearChannel(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double relativeLuminance(const QColor &color)
{
    return 0.2126 * linearChannel(color.redF()) + 0.7152 * linearChannel(color.greenF())
        + 0.0722 * linearChannel(color.blueF());
}

} // namespace

QColor tokenColor(Token token, ThemeMode mode)
{
    const TokenRow &row = tokenRows[static_cast<size_t>(token)];
    return QColor::fromRgb(mode == ThemeMode::Light ? row.light : row.dark);
}

const char *tokenName(Token token)
{
    return tokenRows[static_cast<size_t>(token)].name;
}

double contrastRatio(const QColor &one, const QColor &other)
{
    const double a = relativeLuminance(one);
    const double b = relativeLuminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

std::span<const ContrastPair> contrastPairs()
{
    return pairs;
}

} // namespace keydesk
