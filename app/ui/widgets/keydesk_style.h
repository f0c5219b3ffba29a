#pragma once

#include "ui/widgets/theme.h"

#include <QProxyStyle>

class QAbstractButton;

namespace keydesk {

/// How much a button asks for attention. A page has at most one Primary.
enum class Prominence { Normal, Primary, Danger, Quiet };

// Draws the standard controls in the theme's colours, over Fusion on every platform. Owns the
// theme; there is no style sheet in the application, because one would replace this class
// everywhere.
class KeydeskStyle final : public QProxyStyle
{
    Q_OBJECT

public:
    explicit KeydeskStyle(Theme theme = {});

    const Theme &theme() const { return m_theme; }
    /// Shows another look at once: palette, font and sizes of every widget, without a restart.
    void setTheme(const Theme &theme);
    /// Makes a KeydeskStyle the application's style. Call once, after QApplication exists.
    static KeydeskStyle &install(const Theme &theme = {});

    static void setProminence(QAbstractButton *button, Prominence prominence);
    static Prominence prominence(const QWidget *button);
    /// Outlines a field in the danger colour; the words beside it say why.
    static void setInvalid(QWidget *field, bool invalid);

    void polish(QWidget *widget) override;
    using QProxyStyle::polish;
    QIcon standardIcon(StandardPixmap standardIcon, const QStyleOption *option = nullptr,
                       const QWidget *widget = nullptr) const override;
    QPalette standardPalette() const override { return m_theme.palette(); }
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget = nullptr) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget = nullptr) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget = nullptr) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                         SubControl subControl, const QWidget *widget = nullptr) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option,
                         const QWidget *widget = nullptr) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option = nullptr,
                    const QWidget *widget = nullptr) const override;
    int styleHint(StyleHint hint, const QStyleOption *option = nullptr,
                  const QWidget *widget = nullptr,
                  QStyleHintReturn *returnData = nullptr) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget = nullptr) const override;

private:
    Theme m_theme;
};

} // namespace keydesk
