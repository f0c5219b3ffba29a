#pragma once

#include "models/roles.h"

#include <QStandardItemModel>

namespace keydesk {

/// A list of `rows` records with ids "id0", "id1" … and three columns.
inline QStandardItemModel *listOf(int rows, QObject *parent)
{
    auto *model = new QStandardItemModel(0, 3, parent);
    model->setHorizontalHeaderLabels(
        {QStringLiteral("Name"), QStringLiteral("Level"), QStringLiteral("Owner")});
    for (int i = 0; i < rows; ++i) {
        QList<QStandardItem *> cells;
        for (int column = 0; column < 3; ++column)
            cells += new QStandardItem(QStringLiteral("cell %1").arg(i));
        cells.first()->setData(QStringLiteral("id%1").arg(i), IdRole);
        model->appendRow(cells);
    }
    return model;
}

} // namespace keydesk
