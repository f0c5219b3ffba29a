#pragma once

#include "ui/widgets/tokens.h"

#include <QIcon>
#include <QIconEngine>

#include <optional>

namespace keydesk {

/// An icon of resources/icons by file name ("phone-call"), in the text colour of the theme at the
/// time of painting, or in `token`'s colour. An unknown name gives an empty icon and a warning in
/// the log.
QIcon icon(const QString &name);
QIcon icon(const QString &name, Token token);
/// The icon drawn into a square pixmap of `size` logical pixels.
QPixmap iconPixmap(const QString &name, int size, const QColor &color, qreal ratio);
/// Draws the icon in the middle of `rect`, as large as fits.
void paintIcon(QPainter &painter, const QString &name, const QRect &rect, const QColor &color);

// Renders one SVG in the colour that the theme gives to the icon's mode, so that icons follow
// theme, disabled state and scale. It holds no pixels: those live in QPixmapCache.
class IconEngine final : public QIconEngine
{
public:
    explicit IconEngine(QString name, std::optional<Token> token = {});

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state,
                         qreal scale) override;
    QIconEngine *clone() const override { return new IconEngine(*this); }
    bool isNull() override { return false; }

private:
    QColor color(QIcon::Mode mode) const;

    QString m_name;
    std::optional<Token> m_token;
};

} // namespace keydesk
