#include "ui/pages/element_bar.h"

#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int elementGap = 10;
constexpr int elementBarHeight = 5;

QString elementWords(int element, int percent)
{
    return u"%1 %2%"_s.arg(labelOf(Element(element))).arg(percent);
}

} // namespace

ElementBar::ElementBar(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    updateName();
}

void ElementBar::setOpportunity(const Opportunity &opportunity, const FiledPhones &filed)
{
    for (int i = 0; i < count; ++i)
        m_percent[std::size_t(i)] = completenessOf(opportunity, Element(i), filed).value / 100;
    Opportunity counted = opportunity;
    counted.completenessBp = completenessOf(opportunity, filed);
    m_total = counted.completenessBp.value / 100;
    m_passes = passesGate(counted, filed);
    m_isOut = opportunity.custodyState == CustodyState::Dispatched
        || opportunity.custodyState == CustodyState::Claimed || isFinal(opportunity.custodyState);
    updateName();
    update();
}

QString ElementBar::totalWords() const
{
    if (m_isOut)
        return tr("Elements %1%").arg(m_total);
    return m_passes ? tr("Elements %1%, enough to be dispatched").arg(m_total)
                    : tr("Elements %1%, a dispatcher has to look at it").arg(m_total);
}

void ElementBar::updateName()
{
    QStringList words{totalWords()};
    for (int i = 0; i < count; ++i)
        words.append(elementWords(i, m_percent[std::size_t(i)]));
    setAccessibleName(words.join(u", "_s));
    setAccessibleDescription(elementWords(m_chosen, m_percent[std::size_t(m_chosen)]));
}

QSize ElementBar::sizeHint() const
{
    const QFontMetrics caption(Theme::of(this).font(TextRole::Caption));
    return {count * 80, 2 * caption.lineSpacing() + elementBarHeight + 10};
}

QSize ElementBar::minimumSizeHint() const
{
    return {count * 40, sizeHint().height()};
}

QRect ElementBar::elementRect(int at) const
{
    const int top = QFontMetrics(Theme::of(this).font(TextRole::Caption)).lineSpacing() + 2;
    const int left = (width() + elementGap) * at / count;
    return {left, top, (width() + elementGap) * (at + 1) / count - elementGap - left,
            height() - top};
}

int ElementBar::elementAt(const QPoint &point) const
{
    for (int i = 0; i < count; ++i) {
        if (elementRect(i).contains(point))
            return i;
    }
    return -1;
}

void ElementBar::paintElement(QPainter &painter, int at) const
{
    const Theme &theme = Theme::of(this);
    const int percent = m_percent[std::size_t(at)];
    const QRect box = elementRect(at);
    const QRect words = box.adjusted(2, 0, -2, -elementBarHeight - 4);
    const bool full = percent == 100;
    painter.setFont(theme.font(TextRole::Caption));
    painter.setPen(theme.color(full ? Token::Text2 : Token::Text));
    const QFontMetrics metrics(painter.font());
    // Where the name and its share do not fit, the bar tells the share and the tool tip the rest.
    const QString whole = elementWords(at, percent);
    const QString text = metrics.horizontalAdvance(whole) <= words.width()
        ? whole
        : metrics.elidedText(labelOf(Element(at)), Qt::ElideRight, words.width());
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, text);
    QRectF groove(box.left() + 2, box.bottom() - elementBarHeight - 1, box.width() - 4,
                  elementBarHeight);
    paintPanel(painter, groove, 2.5, theme.color(Token::NeutralBg));
    groove.setWidth(groove.width() * percent / 100.0);
    if (percent > 0)
        paintPanel(painter, groove, 2.5, theme.color(full ? Token::FillOk : Token::FillWarn));
    if (hasFocus() && at == m_chosen)
        paintPanel(painter, box, Theme::controlRadius, {}, theme.color(Token::Link),
                   Theme::focusRing);
}

void ElementBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = Theme::of(this);
    painter.setFont(theme.font(TextRole::Caption, true));
    painter.setPen(theme.color(m_isOut ? Token::Text2 : m_passes ? Token::OkFg : Token::WarnFg));
    const QFontMetrics metrics(painter.font());
    painter.drawText(QRect(2, 0, width() - 2, metrics.lineSpacing()), Qt::AlignLeft,
                     metrics.elidedText(totalWords(), Qt::ElideRight, width() - 2));
    for (int i = 0; i < count; ++i)
        paintElement(painter, i);
}

void ElementBar::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Left)
        m_chosen = std::max(0, m_chosen - 1);
    else if (event->key() == Qt::Key_Right)
        m_chosen = std::min(count - 1, m_chosen + 1);
    else if (enter && event->modifiers() == Qt::NoModifier)
        return Q_EMIT elementActivated(Element(m_chosen));
    else
        return QWidget::keyPressEvent(event);
    updateName();
    update();
}

void ElementBar::mouseReleaseEvent(QMouseEvent *event)
{
    const int at = elementAt(event->position().toPoint());
    if (at < 0)
        return;
    m_chosen = at;
    update();
    Q_EMIT elementActivated(Element(at));
}

void ElementBar::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

bool ElementBar::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int at = elementAt(help->pos());
        QToolTip::showText(help->globalPos(),
                           at < 0 ? totalWords() : elementWords(at, m_percent[std::size_t(at)]),
                           this);
        return true;
    }
    return QWidget::event(event);
}

void ElementBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        updateName();
        update();
    } else if (event->type() == QEvent::StyleChange) {
        updateGeometry();
    }
}

} // namespace keydesk
