#include "ui/widgets/step_bar.h"

#include "ui/widgets/badges.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

BadgeKind stepKind(Step::State state)
{
    switch (state) {
    case Step::State::Done:
        return BadgeKind::Ok;
    case Step::State::Current:
        return BadgeKind::Info;
    case Step::State::Late:
        return BadgeKind::Warn;
    case Step::State::Failed:
        return BadgeKind::Danger;
    case Step::State::Waiting:
        break;
    }
    return BadgeKind::Neutral;
}

QString stepWord(Step::State state)
{
    switch (state) {
    case Step::State::Done:
        return StepBar::tr("done", "state of a step");
    case Step::State::Current:
        return StepBar::tr("now", "state of a step");
    case Step::State::Late:
        return StepBar::tr("late", "state of a step");
    case Step::State::Failed:
        return StepBar::tr("failed", "state of a step");
    case Step::State::Waiting:
        break;
    }
    return StepBar::tr("to come", "state of a step");
}

} // namespace

StepBar::StepBar(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMouseTracking(true);
}

void StepBar::setSteps(const QList<Step> &steps)
{
    if (m_steps == steps)
        return;
    m_steps = steps;
    m_chosen = std::max(0, currentStep());
    updateName();
    updateGeometry();
    update();
}

int StepBar::currentStep() const
{
    for (int i = 0; i < int(m_steps.size()); ++i) {
        if (m_steps[i].state != Step::State::Done && m_steps[i].state != Step::State::Waiting)
            return i;
    }
    return int(m_steps.size()) - 1;
}

void StepBar::updateName()
{
    QStringList words;
    for (const Step &step : std::as_const(m_steps))
        words += u"%1 (%2)"_s.arg(step.text, stepWord(step.state));
    setAccessibleName(words.join(u", "_s));
    const Step chosen = m_steps.value(m_chosen);
    setAccessibleDescription(chosen.detail.isEmpty() ? chosen.text
                                                     : u"%1: %2"_s.arg(chosen.text, chosen.detail));
}

QSize StepBar::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    int width = 0;
    bool details = false;
    for (const Step &step : m_steps) {
        width += wordsWidth(step);
        details = details || !step.detail.isEmpty();
    }
    const int height = QFontMetrics(theme.font()).lineSpacing()
        + (details ? QFontMetrics(theme.font(TextRole::Caption)).lineSpacing() : 0) + 12;
    return {width, std::max(height, theme.controlHeight() + 6)};
}

QSize StepBar::minimumSizeHint() const
{
    return {int(m_steps.size()) * Theme::of(this).scaled(40), sizeHint().height()};
}

// What a step needs to say its whole name.
int StepBar::wordsWidth(const Step &step) const
{
    const Theme &theme = Theme::of(this);
    return QFontMetrics(theme.font(TextRole::Body, true)).horizontalAdvance(step.text)
        + theme.scaled(20) + 40;
}

// With room for all names the steps share it evenly; without, the current step keeps its name and
// the others become signs, whose names are in the tool tip.
QRect StepBar::stepRect(int at) const
{
    const int count = std::max(1, int(m_steps.size()));
    const int current = currentStep();
    const int wide = sizeHint().width() <= width() || current < 0
        ? width() / count
        : std::min(wordsWidth(m_steps[current]), width() / 2);
    const auto edge = [&](int step) {
        const int others = step - (step > current ? 1 : 0);
        return (step > current ? wide : 0) + (width() - wide) * others / std::max(1, count - 1);
    };
    return {edge(at), 0, edge(at + 1) - edge(at), height()};
}

int StepBar::stepAt(const QPoint &point) const
{
    for (int i = 0; i < int(m_steps.size()); ++i) {
        if (stepRect(i).contains(point))
            return i;
    }
    return -1;
}

void StepBar::paintStep(QPainter &painter, int at) const
{
    const Theme &theme = Theme::of(this);
    const Step &step = m_steps[at];
    const bool now = step.state != Step::State::Done && step.state != Step::State::Waiting;
    const BadgeKind kind = stepKind(step.state);
    QRectF box = QRectF(stepRect(at)).adjusted(0, 1, -3, -1);
    // A chevron that points into the next step; the first and last ends are straight.
    constexpr qreal tip = 9;
    const bool first = at == 0;
    const bool last = at + 1 == int(m_steps.size());
    QPainterPath shape(box.topLeft());
    shape.lineTo(box.right() - (last ? 0 : tip), box.top());
    if (!last)
        shape.lineTo(box.right(), box.center().y());
    shape.lineTo(box.right() - (last ? 0 : tip), box.bottom());
    shape.lineTo(box.bottomLeft());
    if (!first)
        shape.lineTo(box.left() + tip, box.center().y());
    shape.closeSubpath();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(shape, theme.color(badgeBackground(kind)));
    if (now)
        strokePath(painter, shape, theme.color(badgeForeground(kind)), 1.5);
    if (hasFocus() && at == m_chosen)
        strokePath(painter, shape, theme.color(Token::Link), Theme::focusRing);

    const QColor ink = theme.color(badgeForeground(kind));
    QRect inner = box.toRect().adjusted(first ? 10 : 20, 3, -int(tip) - 2, -3);
    const int side = theme.scaled(13);
    const int lineHeight = QFontMetrics(theme.font()).lineSpacing();
    const QRect top(inner.left(),
                    step.detail.isEmpty() ? inner.center().y() - lineHeight / 2 : inner.top() + 1,
                    inner.width(), lineHeight);
    const bool named = wordsWidth(step) <= box.width() + 4;
    const int glyphAt = named ? top.left() : std::max(top.left(), inner.center().x() - side / 2);
    painter.fillPath(badgeGlyph(kind,
                                QRectF(glyphAt, top.center().y() - side / 2.0 + 1, side, side)),
                     ink);
    if (!named)
        return;
    const QRect words = top.adjusted(side + 6, 0, 0, 0);
    painter.setFont(theme.font(TextRole::Body, now));
    painter.setPen(ink);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(painter.font())
                         .elidedText(step.text, Qt::ElideRight, words.width()));
    if (step.detail.isEmpty())
        return;
    const QRect below(words.left(), top.bottom() + 1, words.width(), inner.bottom() - top.bottom());
    painter.setFont(theme.font(TextRole::Caption));
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(painter.font())
                         .elidedText(step.detail, Qt::ElideRight, below.width()));
}

void StepBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    for (int i = 0; i < int(m_steps.size()); ++i)
        paintStep(painter, i);
}

void StepBar::keyPressEvent(QKeyEvent *event)
{
    const int last = int(m_steps.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        m_chosen = std::max(0, m_chosen - 1);
        break;
    case Qt::Key_Right:
        m_chosen = std::min(last, m_chosen + 1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (event->modifiers() == Qt::NoModifier && m_chosen <= last)
            Q_EMIT stepActivated(m_steps[m_chosen].id);
        return;
    default:
        return QWidget::keyPressEvent(event);
    }
    updateName();
    update();
}

void StepBar::mouseReleaseEvent(QMouseEvent *event)
{
    const int at = stepAt(event->position().toPoint());
    if (at < 0)
        return;
    m_chosen = at;
    updateName();
    update();
    Q_EMIT stepActivated(m_steps[at].id);
}

void StepBar::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

bool StepBar::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const Step step = m_steps.value(stepAt(help->pos()));
        QToolTip::showText(help->globalPos(),
                           step.text.isEmpty()
                               ? QString()
                               : u"%1 (%2) %3"_s.arg(step.text, stepWord(step.state), step.detail)
                                     .toHtmlEscaped(),
                           this);
        return true;
    }
    return QWidget::event(event);
}

void StepBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        updateName();
    else if (event->type() == QEvent::StyleChange)
        updateGeometry();
}

} // namespace keydesk
