#pragma once

#include <QWidget>

class QPushButton;

namespace keydesk {

class RecordForm;
class TextLabel;

// The foot of a form that keeps drafts: says that something is typed and not saved, and offers to
// save or to discard it. What saving means is the page's.
class SaveBar final : public QWidget
{
    Q_OBJECT

public:
    /// `name` is the object name of the save button; the others are `name` with a suffix.
    SaveBar(RecordForm &form, const QString &name, QWidget *parent = nullptr);

    /// Ctrl+S is the page's own.
    void setKeyless();

Q_SIGNALS:
    void saveRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showDirty(bool dirty);

    bool m_hasKey = true;
    TextLabel *m_unsaved;
    QPushButton *m_discard;
    QPushButton *m_save;
};

} // namespace keydesk
