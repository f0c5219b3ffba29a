#pragma once

#include "base/label.h"

#include <QToolButton>

class QMenu;
class QStyleOptionComboBox;

namespace keydesk {

// A field that holds several words of a vocabulary: a button that shows them and a list that opens
// on Space, Enter or Down, stays open while Space ticks one after the other, and Enter
// closes. It knows keys, not fields.
class ChoiceButton final : public QToolButton
{
    Q_OBJECT

public:
    explicit ChoiceButton(QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// What there is to choose from: key and its words.
    void setChoices(const QList<std::pair<QString, Label>> &choices);
    /// The same with words of records, in both languages where they have them (bothWords()).
    void setWords(const QList<std::pair<QString, QString>> &choices);
    void setKeys(const QStringList &keys);
    /// The ticked ones in the order of the choices.
    QStringList keys() const;

Q_SIGNALS:
    /// The user ticked or unticked one.
    void edited();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showList();
    void showWords();
    QStyleOptionComboBox look() const;

    QMenu *m_menu;
    QList<std::pair<QString, QString>> m_choices; // words in both languages
};

} // namespace keydesk
