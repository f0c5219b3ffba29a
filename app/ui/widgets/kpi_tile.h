#pragma once

#include "models/roles.h"

#include <QAbstractButton>

#include <optional>

namespace keydesk {

// What a tile says. Better and worse are words and an arrow, never red and green: in China red is
// up.
struct KpiValue
{
    enum class Trend { None, Better, Worse, Even };

    QString label; ///< "Revenue 12 months"
    QString value; ///< "1,284 万", formatted
    QString unit; ///< beside the value, smaller
    QString change; ///< "3.2 % over October"
    Trend trend = Trend::None;
    QList<double> history; ///< oldest first; fewer than two draw nothing
    std::optional<Badge> badge;

    bool operator==(const KpiValue &) const = default;
};

// A number that is a door: click or Enter asks for the records behind it. It formats nothing.
class KpiTile final : public QAbstractButton
{
    Q_OBJECT

public:
    /// Large for dashboards; Compact is one line high, for counts above a list and the 360's bar.
    enum class Size { Large, Compact };

    explicit KpiTile(Size size = Size::Large, QWidget *parent = nullptr);

    void setValue(const KpiValue &value);
    const KpiValue &value() const { return m_value; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString changeWords() const;
    void updateName();
    void paintFrame(QPainter &painter) const;
    void paintLarge(QPainter &painter) const;
    void paintCompact(QPainter &painter) const;

    Size m_size;
    KpiValue m_value;
};

} // namespace keydesk
