#pragma once

#include "ui/widgets/kpi_tile.h"

#include <QWidget>

namespace keydesk {

// A row of numbers above a page or a record. It wraps when the window is narrow and keeps its
// tiles, so that the focus survives an update.
class HighlightsBar final : public QWidget
{
    Q_OBJECT

public:
    explicit HighlightsBar(KpiTile::Size size = KpiTile::Size::Compact, QWidget *parent = nullptr);

    /// One number with the id that triggered() gives back.
    struct Item
    {
        QString id;
        KpiValue value;
    };
    void setItems(const QList<Item> &items);
    KpiTile *tile(const QString &id) const;

Q_SIGNALS:
    void triggered(const QString &id);

private:
    KpiTile::Size m_size;
    QStringList m_ids;
    QList<KpiTile *> m_tiles;
};

} // namespace keydesk
