#pragma once

#include "ui/pages/list_pane.h"

namespace keydesk {

class BarChart;

// Who carries how much: everybody who may be given opportunities, with what he holds, what waits
// for his claim and what he can carry; as a list and as bars. Enter opens the opportunities behind
// a line.
class LoadPane final : public QWidget
{
    Q_OBJECT

public:
    explicit LoadPane(Desk &desk, QWidget *parent = nullptr);

    ListPane &list() { return *m_list; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    QStringList areas() const;
    void ask();
    void showBars();
    void open(const QString &person) const;

    Desk &m_desk;
    ListPane *m_list;
    BarChart *m_chart;
};

} // namespace keydesk
