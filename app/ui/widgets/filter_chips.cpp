#include "ui/widgets/filter_chips.h"

#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_layout.h"

#include <algorithm>

namespace keydesk {

FilterChips::FilterChips(QWidget *parent)
    : QWidget(parent)
{
    new FlowLayout(this, 6);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FilterChips::setChips(const QList<FilterChip> &chips)
{
    if (chips == m_chips)
        return;
    const bool sameIds = std::equal(chips.cbegin(), chips.cend(), m_chips.cbegin(), m_chips.cend(),
                                    [](const auto &a, const auto &b) { return a.id == b.id; });
    m_chips = chips;
    if (!sameIds)
        return rebuild();
    // The buttons stay, and with them the focus.
    for (qsizetype i = 0; i < m_chips.size(); ++i)
        static_cast<ChipButton *>(m_buttons[i])->setChip(m_chips[i]);
}

void FilterChips::rebuild()
{
    qDeleteAll(m_buttons);
    m_buttons.clear();
    for (const FilterChip &chip : std::as_const(m_chips)) {
        auto *button = new ChipButton(chip, this);
        layout()->addWidget(button);
        m_buttons += button;
        connect(button, &QAbstractButton::clicked, this, [this, button](bool on) {
            if (button->chip().hasMenu)
                Q_EMIT menuRequested(button->chip().id);
            else
                Q_EMIT toggled(button->chip().id, on);
        });
        connect(button, &ChipButton::removeRequested, this,
                [this, button] { Q_EMIT removed(button->chip().id); });
    }
    updateGeometry();
}

bool FilterChips::isAnyOn() const
{
    return std::any_of(m_chips.cbegin(), m_chips.cend(), [](const auto &chip) { return chip.on; });
}

QWidget *FilterChips::button(const QString &id) const
{
    for (QAbstractButton *candidate : m_buttons) {
        if (static_cast<ChipButton *>(candidate)->chip().id == id)
            return candidate;
    }
    return nullptr;
}

} // namespace keydesk
