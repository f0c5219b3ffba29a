#include "ui/widgets/view_switch.h"

#include "ui/widgets/flow_layout.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QButtonGroup>
#include <QEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

// A segment; the outer corners of the first and last are round because neighbours overlap by a
// pixel.
class SwitchSegment final : public QAbstractButton
{
public:
    explicit SwitchSegment(const ViewChoice &choice, QWidget *parent)
        : QAbstractButton(parent)
        , m_icon(choice.icon)
    {
        setText(choice.text);
        setAccessibleName(choice.text);
        setObjectName(u"view."_s + choice.id);
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

    QSize sizeHint() const override
    {
        const Theme &theme = Theme::of(this);
        if (m_compact && !m_icon.isEmpty())
            return {theme.iconSize() + 24, theme.controlHeight()};
        const int words = QFontMetrics(theme.font(TextRole::Body, true)).horizontalAdvance(text());
        const int sign = m_icon.isEmpty() ? 0 : theme.iconSize() + 6;
        return {words + sign + 24, theme.controlHeight()};
    }

    void setCompact(bool compact)
    {
        m_compact = compact;
        setToolTip(compact ? text() : QString());
        updateGeometry();
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = Theme::of(this);
        const bool on = isChecked();
        paintPanel(painter, rect(), Theme::controlRadius,
                   theme.color(on                 ? Token::Selected
                                   : underMouse() ? Token::Hover
                                                  : Token::Surface),
                   theme.color(hasFocus() ? Token::Link : Token::BorderControl),
                   hasFocus() ? Theme::focusRing : 1);
        QRect inner = rect().adjusted(12, 0, -12, 0);
        const QColor ink = theme.color(on ? Token::Text : Token::Text2);
        if (!m_icon.isEmpty()) {
            const int side = theme.iconSize();
            paintIcon(painter, m_icon, QRect(inner.left(), (height() - side) / 2, side, side), ink);
            inner.setLeft(inner.left() + side + 6);
        }
        if (m_compact && !m_icon.isEmpty())
            return;
        painter.setFont(theme.font(TextRole::Body, on));
        painter.setPen(ink);
        painter.drawText(inner, Qt::AlignCenter, text());
    }

    bool event(QEvent *event) override
    {
        if (event->type() == QEvent::StyleChange)
            updateGeometry();
        return QAbstractButton::event(event);
    }

private:
    QString m_icon;
    bool m_compact = false;
};

} // namespace

ViewSwitch::ViewSwitch(QWidget *parent, Shape shape)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    if (shape == Wraps) {
        setLayout(new FlowLayout(nullptr, 4));
        QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
    } else {
        auto *row = new QHBoxLayout(this);
        row->setSpacing(4);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    layout()->setContentsMargins(0, 0, 0, 0);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int at, bool on) {
        if (!on || m_choices.value(at).id == m_current)
            return;
        m_current = m_choices.value(at).id;
        Q_EMIT changed(m_current);
    });
}

void ViewSwitch::setChoices(const QList<ViewChoice> &choices)
{
    if (choices == m_choices)
        return;
    qDeleteAll(m_group->buttons());
    m_choices = choices;
    for (int i = 0; i < int(choices.size()); ++i) {
        auto *segment = new SwitchSegment(choices[i], this);
        segment->setCompact(m_compact);
        layout()->addWidget(segment);
        m_group->addButton(segment, i);
    }
    setCurrent(m_current.isEmpty() && !choices.isEmpty() ? choices.first().id : m_current);
}

void ViewSwitch::setCompact(bool compact)
{
    m_compact = compact;
    const auto buttons = m_group->buttons();
    for (QAbstractButton *button : buttons)
        static_cast<SwitchSegment *>(button)->setCompact(compact);
}

int ViewSwitch::fullWidth() const
{
    const Theme &theme = Theme::of(this);
    const QFontMetrics metrics(theme.font(TextRole::Body, true));
    int width = 0;
    for (const ViewChoice &choice : m_choices)
        width += metrics.horizontalAdvance(choice.text)
            + (choice.icon.isEmpty() ? 0 : theme.iconSize() + 6) + 24 + layout()->spacing();
    return width;
}

void ViewSwitch::setCurrent(const QString &id)
{
    m_current = id;
    for (int i = 0; i < int(m_choices.size()); ++i) {
        if (m_choices[i].id == id)
            m_group->button(i)->setChecked(true);
    }
}

} // namespace keydesk
