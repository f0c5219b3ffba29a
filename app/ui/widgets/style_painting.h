#pragma once

#include "ui/widgets/theme.h"

#include <QStyle>

class QPainter;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComplex;
class QStyleOptionComboBox;
class QStyleOptionHeader;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;
class QStyleOptionToolButton;

namespace keydesk {

enum class Prominence;

// KeydeskStyle's drawing, one function per control. Colours come from the theme alone; a rail or
// card that needs others paints itself.

/// Whether `widget` is a many-line field.
bool isTextArea(const QWidget *widget);

void paintField(const Theme &theme, const QStyleOption &option, QPainter &painter,
                const QWidget *widget);
void paintButtonPanel(const Theme &theme, const QStyleOption &option, QPainter &painter,
                      Prominence prominence);
void paintButtonLabel(const Theme &theme, const QStyleOptionButton &option, QPainter &painter,
                      bool onFill);
/// Whether the whole button opens a menu, rather than a part of it.
bool opensMenu(const QStyleOptionToolButton &option);
/// Width of the chevron beside the words of a button that opens a menu.
int menuMarkWidth(const Theme &theme);
void paintMenuToolButton(const Theme &theme, const QStyleOptionToolButton &option,
                         QPainter &painter, const QStyle &style, const QWidget *widget);
void paintToolButtonPanel(const Theme &theme, const QStyleOption &option, QPainter &painter);
void paintFocusRing(const Theme &theme, const QStyleOption &option, QPainter &painter,
                    const QWidget *widget);
void paintCheckBox(const Theme &theme, const QStyleOption &option, QPainter &painter);
void paintRadioButton(const Theme &theme, const QStyleOption &option, QPainter &painter);
void paintFrame(const Theme &theme, const QStyleOption &option, QPainter &painter,
                const QWidget *widget);
void paintArrow(const Theme &theme, const QStyleOption &option, QPainter &painter,
                Qt::ArrowType direction);
void paintItemPanel(const Theme &theme, const QStyleOption &option, QPainter &painter);
void paintHeaderSection(const Theme &theme, const QStyleOption &option, QPainter &painter);
void paintTab(const Theme &theme, const QStyleOptionTab &option, QPainter &painter);
void paintProgressGroove(const Theme &theme, const QStyleOption &option, QPainter &painter);
void paintComboBox(const Theme &theme, const QStyleOptionComboBox &option, QPainter &painter,
                   const QStyle &style, const QWidget *widget);
void paintSpinBox(const Theme &theme, const QStyleOptionSpinBox &option, QPainter &painter,
                  const QStyle &style, const QWidget *widget);
void paintScrollBar(const Theme &theme, const QStyleOptionSlider &option, QPainter &painter,
                    const QStyle &style, const QWidget *widget);
QRect scrollBarPart(const QStyleOptionSlider &option, QStyle::SubControl part);

} // namespace keydesk
