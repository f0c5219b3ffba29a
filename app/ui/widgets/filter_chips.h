#pragma once

#include <QList>
#include <QWidget>

class QAbstractButton;

namespace keydesk {

// One filter of a list.
struct FilterChip
{
    QString id;
    QString text;
    bool on = false;
    bool removable = false; ///< has a cross: an ad-hoc filter that goes away when switched off
    bool hasMenu = false; ///< opens a choice instead of switching; the owner shows it
    int count = -1; ///< records behind it; -1 shows none

    bool operator==(const FilterChip &) const = default;
};

// The filters above a list, as words one can see and switch. It only says what was asked for; the
// page answers by calling setChips again.
class FilterChips final : public QWidget
{
    Q_OBJECT

public:
    explicit FilterChips(QWidget *parent = nullptr);

    void setChips(const QList<FilterChip> &chips);
    QList<FilterChip> chips() const { return m_chips; }
    bool isAnyOn() const;
    /// The chip's button, to place a menu under; null for an unknown id.
    QWidget *button(const QString &id) const;

Q_SIGNALS:
    void toggled(const QString &id, bool on);
    void removed(const QString &id);
    void menuRequested(const QString &id);

private:
    void rebuild();

    QList<FilterChip> m_chips;
    QList<QAbstractButton *> m_buttons;
};

} // namespace keydesk
