#pragma once

#include <QList>
#include <QWidget>

class QAbstractButton;
class QButtonGroup;

namespace keydesk {

// One way to look at a page: inbox, board, table.
struct ViewChoice
{
    QString id;
    QString text;
    QString icon;

    bool operator==(const ViewChoice &) const = default;
};

// Segments of which exactly one is chosen. Left and right move the choice, as in any radio group.
class ViewSwitch final : public QWidget
{
    Q_OBJECT

public:
    /// In a narrow place `Wraps` puts what does not fit below.
    enum Shape { OneRow, Wraps };
    explicit ViewSwitch(QWidget *parent = nullptr, Shape shape = OneRow);

    void setChoices(const QList<ViewChoice> &choices);
    /// Chooses without emitting changed().
    void setCurrent(const QString &id);
    QString current() const { return m_current; }
    /// Icons alone, with the words in the tool tips, where there is no room for both.
    void setCompact(bool compact);
    bool isCompact() const { return m_compact; }
    /// The width with all words.
    int fullWidth() const;

Q_SIGNALS:
    void changed(const QString &id);

private:
    QList<ViewChoice> m_choices;
    QButtonGroup *m_group;
    QString m_current;
    bool m_compact = false;
};

} // namespace keydesk
