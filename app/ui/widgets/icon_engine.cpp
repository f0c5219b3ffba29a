#include "ui/widgets/icon_engine.h"

#include "ui/widgets/theme.h"

#include <QFile>
#include <QLoggingCategory>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(iconLog, "keydesk.ui.icon", QtInfoMsg)

namespace keydesk {

namespace {

QString iconPath(const QString &name)
{
    return u":/icons/%1.svg"_s.arg(name);
}

// QtSvg draws currentColor black (stack.md G9): the bytes are replaced before it reads them.
QByteArray colouredSvg(const QString &name, const QColor &color)
{
    QFile file(iconPath(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qCWarning(iconLog) << "no such icon:" << name;
        return {};
    }
    return file.readAll().replace("currentColor", color.name().toLatin1());
}

QPixmap renderedIcon(const QString &name, const QSize &pixels, const QColor &color)
{
    const QString key = u"keydesk-icon/%1/%2x%3/%4"_s.arg(name, QString::number(pixels.width()),
                                                          QString::number(pixels.height()),
                                                          color.name());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(colouredSvg(name, color));
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    if (renderer.isValid()) {
        QPainter painter(&pixmap);
        renderer.render(&painter, QRectF(QPointF(0, 0), pixels));
    }
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace

QIcon icon(const QString &name)
{
    return name.isEmpty() ? QIcon() : QIcon(new IconEngine(name));
}

QIcon icon(const QString &name, Token token)
{
    return name.isEmpty() ? QIcon() : QIcon(new IconEngine(name, token));
}

QPixmap iconPixmap(const QString &name, int size, const QColor &color, qreal ratio)
{
    const int pixels = qRound(size * ratio);
    QPixmap pixmap = renderedIcon(name, {pixels, pixels}, color);
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

void paintIcon(QPainter &painter, const QString &name, const QRect &rect, const QColor &color)
{
    const int side = std::min(rect.width(), rect.height());
    QRect box(0, 0, side, side);
    box.moveCenter(rect.center());
    const qreal ratio = painter.device()->devicePixelRatioF();
    painter.drawPixmap(box.topLeft(), iconPixmap(name, side, color, ratio));
}

IconEngine::IconEngine(QString name, std::optional<Token> token)
    : m_name(std::move(name))
    , m_token(token)
{
}

QColor IconEngine::color(QIcon::Mode mode) const
{
    const Theme &theme = Theme::current();
    if (mode == QIcon::Disabled)
        return theme.color(Token::Disabled);
    return theme.color(m_token.value_or(Token::Text2));
}

void IconEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State)
{
    paintIcon(*painter, m_name, rect, color(mode));
}

QPixmap IconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1.0);
}

QPixmap IconEngine::scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale)
{
    QPixmap result = renderedIcon(m_name, size, color(mode));
    result.setDevicePixelRatio(scale);
    return result;
}

} // namespace keydesk
