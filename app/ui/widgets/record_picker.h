#pragma once

#include "ui/widgets/candidate_source.h"

#include <QLineEdit>

class QFrame;
class QListView;

namespace keydesk {

class CandidateModel;

// A field that holds one record, found by typing. What counts is currentId(): words that were typed
// but not chosen are marked as such and never taken for a record.
class RecordPicker final : public QLineEdit
{
    Q_OBJECT

public:
    explicit RecordPicker(QWidget *parent = nullptr);
    ~RecordPicker() override;

    /// Who answers. The source must outlive the picker.
    void setSource(CandidateSource *source);
    /// Shows a record without emitting chosen(); an empty id empties the field.
    void setCurrent(const QString &id, const QString &text);
    /// The chosen record; empty while the words are not one's.
    QString currentId() const { return text() == m_chosenText ? m_id : QString(); }
    bool isPopupOpen() const;

Q_SIGNALS:
    /// The user chose a record, or emptied the field (both empty).
    void chosen(const QString &id, const QString &text);

protected:
    void changeEvent(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void startQuery();
    void receive(int generation, const QList<Candidate> &candidates);
    void choose(int row);
    void settle();
    bool takeOnlyMatch();
    void showPopup();
    void hidePopup();

    CandidateSource *m_source = nullptr;
    CandidateModel *m_model;
    QFrame *m_popup;
    QListView *m_list;
    QString m_id;
    QString m_chosenText;
    int m_generation = 0;
    int m_answered = -1; // the generation that the candidates answer
    bool m_composing = false;
};

} // namespace keydesk
