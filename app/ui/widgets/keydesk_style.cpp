#include "ui/widgets/keydesk_style.h"

#include "ui/widgets/style_painting.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStyleOption>
#include <QStyledItemDelegate>
#include <QTabBar>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr auto prominenceProperty = "keydeskProminence";
constexpr auto invalidProperty = "keydeskInvalid";

Prominence effectiveProminence(const QStyleOption *option, const QWidget *widget)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    const Prominence asked = KeydeskStyle::prominence(widget);
    if (asked != Prominence::Normal || !button)
        return asked;
    if (button->features.testFlag(QStyleOptionButton::DefaultButton))
        return Prominence::Primary;
    return button->features.testFlag(QStyleOptionButton::Flat) ? Prominence::Quiet : asked;
}

bool isFilled(Prominence prominence)
{
    return prominence == Prominence::Primary || prominence == Prominence::Danger;
}

} // namespace

KeydeskStyle::KeydeskStyle(Theme theme)
    : QProxyStyle(u"Fusion"_s)
    , m_theme(theme)
{
}

KeydeskStyle &KeydeskStyle::install(const Theme &theme)
{
    auto *style = new KeydeskStyle(theme); // QApplication owns its style
    QApplication::setStyle(style);
    style->setTheme(theme);
    return *style;
}

void KeydeskStyle::setTheme(const Theme &theme)
{
    m_theme = theme;
    QApplication::setPalette(m_theme.palette());
    QApplication::setFont(m_theme.font());
    QToolTip::setPalette(m_theme.palette());
    QToolTip::setFont(m_theme.font(TextRole::Caption));
    // Palette and font events reach the widgets by themselves; sizes that depend on density do not.
    const QWidgetList widgets = QApplication::allWidgets();
    for (QWidget *widget : widgets) {
        QEvent event(QEvent::StyleChange);
        QApplication::sendEvent(widget, &event);
        widget->updateGeometry();
        widget->update();
    }
}

void KeydeskStyle::setProminence(QAbstractButton *button, Prominence prominence)
{
    button->setProperty(prominenceProperty, static_cast<int>(prominence));
    button->update();
}

Prominence KeydeskStyle::prominence(const QWidget *button)
{
    if (!button)
        return Prominence::Normal;
    if (const auto *push = qobject_cast<const QPushButton *>(button); push && push->isDefault())
        return Prominence::Primary;
    return static_cast<Prominence>(button->property(prominenceProperty).toInt());
}

void KeydeskStyle::setInvalid(QWidget *field, bool invalid)
{
    field->setProperty(invalidProperty, invalid);
    field->update();
    if (QWidget *inner = field->focusProxy()) // an editor made of several fields
        setInvalid(inner, invalid);
}

void KeydeskStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget)
        || qobject_cast<QAbstractSpinBox *>(widget) || qobject_cast<QTabBar *>(widget)
        || qobject_cast<QAbstractItemView *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    // What only scrolls shows no ring: Tab would seem to lead nowhere.
    if (qobject_cast<QScrollArea *>(widget))
        widget->setFocusPolicy(Qt::NoFocus);
    // The delegate that combo boxes come with asks no style for its row height.
    if (auto *combo = qobject_cast<QComboBox *>(widget);
        combo && combo->itemDelegate()->inherits("QComboBoxDelegate"))
        combo->setItemDelegate(new QStyledItemDelegate(combo));
}

void KeydeskStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                                 QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_PanelLineEdit:
    case PE_FrameLineEdit:
        return paintField(m_theme, *option, *painter, widget);
    case PE_PanelButtonCommand:
        paintButtonPanel(m_theme, *option, *painter, effectiveProminence(option, widget));
        // Fusion shows a button's focus in its own panel and asks for no ring.
        if (option->state.testFlag(State_HasFocus))
            paintFocusRing(m_theme, *option, *painter, widget);
        return;
    case PE_PanelButtonTool:
        return paintToolButtonPanel(m_theme, *option, *painter);
    case PE_FrameFocusRect:
        if (qobject_cast<const QAbstractItemView *>(widget))
            return; // the current row has its bar, the view its frame
        return paintFocusRing(m_theme, *option, *painter, widget);
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return paintCheckBox(m_theme, *option, *painter);
    case PE_IndicatorRadioButton:
        return paintRadioButton(m_theme, *option, *painter);
    case PE_Frame:
        return paintFrame(m_theme, *option, *painter, widget);
    case PE_FrameDefaultButton:
    case PE_FrameTabWidget:
    case PE_FrameStatusBarItem:
        return;
    case PE_FrameMenu:
        painter->setPen(m_theme.color(Token::BorderControl));
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_PanelMenu:
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, m_theme.color(Token::Surface));
        painter->setPen(m_theme.color(Token::BorderControl));
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_FrameTabBarBase:
        painter->setPen(m_theme.color(Token::BorderSubtle));
        painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
        return;
    case PE_IndicatorArrowDown:
        return paintArrow(m_theme, *option, *painter, Qt::DownArrow);
    case PE_IndicatorArrowUp:
        return paintArrow(m_theme, *option, *painter, Qt::UpArrow);
    case PE_IndicatorArrowLeft:
        return paintArrow(m_theme, *option, *painter, Qt::LeftArrow);
    case PE_IndicatorArrowRight:
        return paintArrow(m_theme, *option, *painter, Qt::RightArrow);
    case PE_IndicatorHeaderArrow: {
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        const bool up = header && header->sortIndicator == QStyleOptionHeader::SortUp;
        return paintArrow(m_theme, *option, *painter, up ? Qt::DownArrow : Qt::UpArrow);
    }
    case PE_PanelItemViewItem:
        return paintItemPanel(m_theme, *option, *painter);
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void KeydeskStyle::drawControl(ControlElement element, const QStyleOption *option,
                               QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        return paintHeaderSection(m_theme, *option, *painter);
    case CE_HeaderLabel: {
        // Qt 6.4 hands the label over as a first-version option, also of a newer header.
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            QStyleOptionHeader quiet(*header);
            quiet.palette.setColor(QPalette::ButtonText, m_theme.color(Token::Text2));
            // The margin is meant sideways; above and below it cuts letters. The place to say so
            // is subElementRect(), which the common style does not ask through its proxy here.
            const int margin = proxy()->pixelMetric(PM_HeaderMargin, header, widget);
            quiet.rect.adjust(0, -margin, 0, margin);
            return QProxyStyle::drawControl(element, &quiet, painter, widget);
        }
        break;
    }
    case CE_PushButtonLabel: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        if (button)
            return paintButtonLabel(m_theme, *button, *painter,
                                    isFilled(effectiveProminence(option, widget)));
        break;
    }
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            return paintTab(m_theme, *tab, *painter);
        break;
    case CE_ProgressBarGroove:
        return paintProgressGroove(m_theme, *option, *painter);
    case CE_ProgressBarContents:
    case CE_ProgressBarLabel: // drawn with the groove; the words stand beside the bar
    case CE_Splitter: // the page shows through
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void KeydeskStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                      QPainter *painter, const QWidget *widget) const
{
    if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        combo && control == CC_ComboBox)
        return paintComboBox(m_theme, *combo, *painter, *this, widget);
    if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        spin && control == CC_SpinBox)
        return paintSpinBox(m_theme, *spin, *painter, *this, widget);
    if (const auto *tool = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        tool && control == CC_ToolButton && opensMenu(*tool))
        return paintMenuToolButton(m_theme, *tool, *painter, *this, widget);
    if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        bar && control == CC_ScrollBar)
        return paintScrollBar(m_theme, *bar, *painter, *this, widget);
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

} // namespace keydesk
