#include "ui/widgets/highlights_bar.h"

#include "ui/widgets/flow_layout.h"

namespace keydesk {

HighlightsBar::HighlightsBar(KpiTile::Size size, QWidget *parent)
    : QWidget(parent)
    , m_size(size)
{
    auto *flow = new FlowLayout(this, size == KpiTile::Size::Compact ? 8 : 12);
    flow->setFillRows(size == KpiTile::Size::Large);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
}

void HighlightsBar::setItems(const QList<Item> &items)
{
    QStringList ids;
    for (const Item &item : items)
        ids += item.id;
    if (ids != m_ids) {
        qDeleteAll(m_tiles);
        m_tiles.clear();
        m_ids = ids;
        for (const QString &id : std::as_const(m_ids)) {
            auto *tile = new KpiTile(m_size, this);
            tile->setObjectName(QStringLiteral("tile.") + id);
            connect(tile, &KpiTile::clicked, this, [this, id] { Q_EMIT triggered(id); });
            layout()->addWidget(tile);
            m_tiles += tile;
        }
    }
    for (qsizetype i = 0; i < items.size(); ++i)
        m_tiles[i]->setValue(items[i].value);
    updateGeometry();
}

KpiTile *HighlightsBar::tile(const QString &id) const
{
    return m_tiles.value(m_ids.indexOf(id));
}

} // namespace keydesk
