#pragma once

#include "domain/opportunity.h"
#include "rules/completeness.h"

#include <QWidget>

#include <array>

namespace keydesk {

// The six elements of an opportunity (S2, section 5.2), how far each is filled in, and whether that
// is enough to be dispatched. Left and right choose an element, Enter or click asks for its fields.
class ElementBar final : public QWidget
{
    Q_OBJECT

public:
    explicit ElementBar(QWidget *parent = nullptr);

    /// `filed`: what the customer's file knows of the people chosen from it.
    void setOpportunity(const Opportunity &opportunity, const FiledPhones &filed);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void elementActivated(keydesk::Element element);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    static constexpr int count = int(std::size(EnumTable<Element>::keys));

    QRect elementRect(int at) const;
    int elementAt(const QPoint &point) const;
    void paintElement(QPainter &painter, int at) const;
    QString totalWords() const;
    void updateName();

    std::array<int, count> m_percent{};
    int m_total = 0;
    bool m_passes = false;
    bool m_isOut = false; // somebody has it, or it is over: the gate lies behind it
    int m_chosen = 0;
};

} // namespace keydesk
