#pragma once

#include <QDialog>

class QAction;

namespace keydesk {

// Ctrl+/: every key that works now, in words.
class KeySheet final : public QDialog
{
    Q_OBJECT

public:
    explicit KeySheet(const QList<QAction *> &actions, QWidget *parent = nullptr);
};

} // namespace keydesk
