#pragma once

#include "ui/widgets/candidate_source.h"

#include <QPointer>
#include <QWidget>

class QFrame;
class QLabel;
class QLineEdit;
class QListView;

namespace keydesk {

class CandidateModel;
class TextLabel;

// Ctrl+K: one line that finds records and commands and shows the key of each. It lies over its
// window, gives the focus back when it closes, and knows its sources by their interface only.
class CommandPalette final : public QWidget
{
    Q_OBJECT

public:
    /// Lies over `window`, hidden until open().
    explicit CommandPalette(QWidget *window);

    /// Adds a section below the others. The source must outlive the palette.
    void addSource(PaletteSource *source);
    /// Shows the palette with `text` typed ("> " for commands only); again while open: selects all.
    void open(const QString &text = {});
    void close();
    QLineEdit &lineEdit() { return *m_edit; }
    QListView &list() { return *m_list; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void query();
    void followFocus(QWidget *before, const QWidget *now);
    void receive(PaletteSource *source, int generation, const QList<Candidate> &candidates);
    void activate(bool alternate);
    bool handleKey(int key, Qt::KeyboardModifiers modifiers);
    void move(int step);
    void arrange();
    void retranslate();

    QFrame *m_panel;
    QLineEdit *m_edit;
    QListView *m_list;
    TextLabel *m_nothing;
    TextLabel *m_foot;
    CandidateModel *m_model;
    QList<PaletteSource *> m_sources;
    QList<PaletteSource *> m_asked; ///< who takes part in this generation; sections follow it
    QPointer<QWidget> m_focusBefore;
    int m_generation = 0;
    int m_answers = 0;
    bool m_userMoved = false;
};

} // namespace keydesk
