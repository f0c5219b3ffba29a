#include "ui/widgets/icon_engine.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/style_painting.h"

#include <QStyleOption>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr int fieldPadding = 4; // on top of what the line edit keeps by itself

} // namespace

QRect KeydeskStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                   SubControl subControl, const QWidget *widget) const
{
    if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        bar && control == CC_ScrollBar)
        return scrollBarPart(*bar, subControl);
    const QRect rect = QProxyStyle::subControlRect(control, option, subControl, widget);
    const bool edit = (control == CC_ComboBox && subControl == SC_ComboBoxEditField)
        || (control == CC_SpinBox && subControl == SC_SpinBoxEditField);
    return edit ? rect.adjusted(fieldPadding, 0, 0, 0) : rect;
}

QRect KeydeskStyle::subElementRect(SubElement element, const QStyleOption *option,
                                   const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_CheckBoxFocusRect || element == SE_RadioButtonFocusRect)
        return rect.adjusted(-3, 0, 2, 0);
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    if (element == SE_LineEditContents && frame && frame->lineWidth > 0)
        return rect.adjusted(fieldPadding, 0, -fieldPadding, 0);
    return rect;
}

QIcon KeydeskStyle::standardIcon(StandardPixmap standardIcon, const QStyleOption *option,
                                 const QWidget *widget) const
{
    switch (standardIcon) {
    case SP_ArrowLeft:
    case SP_ArrowBack:
        return icon(u"chevron-left"_s);
    case SP_ArrowRight:
    case SP_ArrowForward:
        return icon(u"chevron-right"_s);
    case SP_ToolBarHorizontalExtensionButton:
        return icon(u"chevrons-right"_s);
    case SP_LineEditClearButton:
    case SP_DialogCloseButton:
        return icon(u"x"_s);
    case SP_MessageBoxInformation:
        return icon(u"info"_s, Token::InfoFg);
    case SP_MessageBoxQuestion:
        return icon(u"circle-help"_s, Token::InfoFg);
    case SP_MessageBoxWarning:
        return icon(u"triangle-alert"_s, Token::WarnFg);
    case SP_MessageBoxCritical:
        return icon(u"circle-x"_s, Token::DangerFg);
    default:
        return QProxyStyle::standardIcon(standardIcon, option, widget);
    }
}

int KeydeskStyle::pixelMetric(PixelMetric metric, const QStyleOption *option,
                              const QWidget *widget) const
{
    switch (metric) {
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_ToolBarIconSize:
    case PM_LineEditIconSize:
        return m_theme.iconSize();
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return m_theme.scaled(16);
    case PM_MenuButtonIndicator:
        return menuMarkWidth(m_theme);
    case PM_ScrollBarExtent:
        return 12;
    case PM_DefaultFrameWidth:
        // Room for the focus ring and the round corners outside the text's viewport.
        return isTextArea(widget) ? 2 : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_SplitterWidth:
    case PM_HeaderMargin: // header text and cell text start at the same place
        return 8;
    case PM_FocusFrameHMargin:
        return 7; // views add one
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuVMargin:
        return 4;
    case PM_ButtonMargin:
        return 8;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return 12;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int KeydeskStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                            QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_Widget_Animate:
    case SH_Widget_Animation_Duration:
    case SH_ComboBox_Popup:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_UnderlineShortcut:
        return 1;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_ItemView_ActivateItemOnSingleClick:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize KeydeskStyle::sizeFromContents(ContentsType type, const QStyleOption *option,
                                     const QSize &size, const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        result.setHeight(m_theme.controlHeight());
        result.rwidth() += 12;
        break;
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox:
        result.setHeight(m_theme.controlHeight());
        result.rwidth() += 2 * fieldPadding;
        break;
    case CT_ToolButton:
        if (const auto *tool = qstyleoption_cast<const QStyleOptionToolButton *>(option);
            tool && opensMenu(*tool))
            result.rwidth() += menuMarkWidth(m_theme) + 4;
        result = result.expandedTo({m_theme.controlHeight(), m_theme.controlHeight()});
        break;
    case CT_ItemViewItem:
        result.setHeight(std::max(result.height(), m_theme.rowHeight() - 2));
        break;
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
            item && item->menuItemType != QStyleOptionMenuItem::Separator)
            result.setHeight(std::max(result.height(), m_theme.scaled(28)));
        result.rwidth() += 16;
        break;
    case CT_HeaderSection:
        result.setHeight(std::max(m_theme.rowHeight(), m_theme.scaled(30)));
        break;
    case CT_TabBarTab:
        result = result.expandedTo({0, m_theme.controlHeight() + 4});
        result.rwidth() += 8;
        break;
    default:
        break;
    }
    return result;
}

} // namespace keydesk
