#include "ui/widgets/kpi_tile.h"

#include "ui/widgets/badges.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/sparkline.h"

#include <QKeyEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr int tilePadding = 14;

Token trendInk(KpiValue::Trend trend)
{
    if (trend == KpiValue::Trend::Better)
        return Token::Link;
    return trend == KpiValue::Trend::Worse ? Token::DangerFg : Token::Text2;
}

int advance(const QFont &font, const QString &text)
{
    return QFontMetrics(font).horizontalAdvance(text);
}

// An arrow up for better and down for worse; the words beside it say which.
int paintTrendArrow(QPainter &painter, const Theme &theme, const QRect &line, KpiValue::Trend trend)
{
    if (trend != KpiValue::Trend::Better && trend != KpiValue::Trend::Worse)
        return 0;
    const int side = theme.scaled(8);
    QRectF box(line.left(), line.center().y() - side / 2.0 + 1, side, side);
    const bool up = trend == KpiValue::Trend::Better;
    QPainterPath arrow;
    arrow.moveTo(box.left(), up ? box.bottom() : box.top());
    arrow.lineTo(box.right(), up ? box.bottom() : box.top());
    arrow.lineTo(box.center().x(), up ? box.top() : box.bottom());
    arrow.closeSubpath();
    painter.fillPath(arrow, theme.color(trendInk(trend)));
    return side + 5;
}

} // namespace

KpiTile::KpiTile(Size size, QWidget *parent)
    : QAbstractButton(parent)
    , m_size(size)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(size == Size::Large ? QSizePolicy::Expanding : QSizePolicy::Preferred,
                  QSizePolicy::Fixed);
}

void KpiTile::setValue(const KpiValue &value)
{
    if (m_value == value)
        return;
    m_value = value;
    updateName();
    updateGeometry();
    update();
}

QString KpiTile::changeWords() const
{
    if (m_value.change.isEmpty())
        return {};
    switch (m_value.trend) {
    case KpiValue::Trend::Better:
        return tr("better: %1", "KPI against its target or past").arg(m_value.change);
    case KpiValue::Trend::Worse:
        return tr("worse: %1", "KPI against its target or past").arg(m_value.change);
    case KpiValue::Trend::Even:
    case KpiValue::Trend::None:
        break;
    }
    return m_value.change;
}

void KpiTile::updateName()
{
    QStringList words{m_value.label, m_value.value + m_value.unit, changeWords()};
    if (m_value.badge)
        words += m_value.badge->text;
    words.removeAll(QString());
    setAccessibleName(words.join(u", "_s));
    setAccessibleDescription(tr("Opens the records behind this number"));
}

QSize KpiTile::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    if (m_size == Size::Compact) {
        const int words = advance(theme.font(), m_value.label)
            + advance(theme.font(TextRole::Section), m_value.value) + 8
            + (m_value.unit.isEmpty() ? 0 : advance(theme.font(), m_value.unit) + 3)
            + (m_value.badge ? badgeSize(theme, *m_value.badge).width() + 8 : 0);
        return {words + 2 * 12, std::max(theme.scaled(36), theme.controlHeight() + 4)};
    }
    const int value = advance(theme.font(TextRole::Kpi), m_value.value)
        + advance(theme.font(), m_value.unit) + 8
        + (m_value.history.size() > 1 ? theme.scaled(72) + 12 : 0);
    const int label = advance(theme.font(TextRole::Caption), m_value.label)
        + (m_value.badge ? badgeSize(theme, *m_value.badge).width() + 8 : 0);
    const int change = advance(theme.font(TextRole::Caption), changeWords()) + theme.scaled(14);
    const int lines = QFontMetrics(theme.font(TextRole::Caption)).lineSpacing() * 2
        + QFontMetrics(theme.font(TextRole::Kpi)).lineSpacing();
    return {std::max({value, label, change, theme.scaled(132)}) + 2 * tilePadding,
            lines + 2 * 10 + 4};
}

void KpiTile::paintFrame(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    const Token fill = isDown() ? Token::Selected : underMouse() ? Token::Hover : Token::Surface;
    paintPanel(painter, rect(), Theme::cardRadius, theme.color(fill),
               theme.color(hasFocus() ? Token::Link : Token::BorderSubtle),
               hasFocus() ? Theme::focusRing : 1);
}

void KpiTile::paintLarge(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    const QRect inner = rect().adjusted(tilePadding, 10, -tilePadding, -10);
    const QFont caption = theme.font(TextRole::Caption);
    const int captionHeight = QFontMetrics(caption).lineSpacing();
    QRect top(inner.left(), inner.top(), inner.width(), captionHeight);
    painter.setFont(caption);
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(top, Qt::AlignLeft | Qt::AlignVCenter, m_value.label);
    if (m_value.badge) {
        const int width = badgeSize(theme, *m_value.badge).width();
        paintBadge(painter, theme,
                   QRect(inner.right() - width + 1, top.top() - 2, width,
                         badgeSize(theme, *m_value.badge).height()),
                   *m_value.badge);
    }
    const QFont large = theme.font(TextRole::Kpi);
    const QRect middle(inner.left(), top.bottom() + 3, inner.width(),
                       QFontMetrics(large).lineSpacing());
    painter.setFont(large);
    painter.setPen(theme.color(Token::Text));
    painter.drawText(middle, Qt::AlignLeft | Qt::AlignVCenter, m_value.value);
    // The unit stands on the value's baseline.
    const int baseline = middle.top() + (middle.height() - QFontMetrics(large).height()) / 2
        + QFontMetrics(large).ascent();
    painter.setFont(theme.font());
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(QPoint(middle.left() + advance(large, m_value.value) + 5, baseline),
                     m_value.unit);
    if (m_value.history.size() > 1)
        paintSparkline(painter, theme,
                       QRectF(inner.right() - theme.scaled(72), middle.top() + 4, theme.scaled(72),
                              middle.height() - 8),
                       m_value.history);
    QRect bottom(inner.left(), middle.bottom() + 2, inner.width(), captionHeight);
    painter.setRenderHint(QPainter::Antialiasing);
    bottom.setLeft(bottom.left() + paintTrendArrow(painter, theme, bottom, m_value.trend));
    painter.setFont(caption);
    painter.setPen(theme.color(trendInk(m_value.trend)));
    painter.drawText(bottom, Qt::AlignLeft | Qt::AlignVCenter, changeWords());
}

void KpiTile::paintCompact(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    QRect inner = rect().adjusted(12, 0, -12, 0);
    if (m_value.badge) {
        const int width = badgeSize(theme, *m_value.badge).width();
        paintBadge(painter, theme,
                   QRect(inner.right() - width + 1, inner.top(), width, inner.height()),
                   *m_value.badge);
        inner.setRight(inner.right() - width - 8);
    }
    painter.setFont(theme.font());
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter, m_value.label);
    inner.setLeft(inner.left() + advance(theme.font(), m_value.label) + 8);
    painter.setFont(theme.font(TextRole::Section));
    painter.setPen(theme.color(Token::Text));
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter, m_value.value);
    if (m_value.unit.isEmpty())
        return;
    inner.setLeft(inner.left() + advance(theme.font(TextRole::Section), m_value.value) + 3);
    painter.setFont(theme.font());
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter, m_value.unit);
}

void KpiTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintFrame(painter);
    if (m_size == Size::Large)
        paintLarge(painter);
    else
        paintCompact(painter);
}

void KpiTile::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void KpiTile::changeEvent(QEvent *event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        updateName();
    else if (event->type() == QEvent::StyleChange)
        updateGeometry();
}

} // namespace keydesk
