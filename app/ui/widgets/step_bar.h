#pragma once

#include <QWidget>

namespace keydesk {

// One step of a process.
struct Step
{
    enum class State { Done, Current, Waiting, Late, Failed };

    QString id;
    QString text;
    QString detail; ///< who, when, took: the second line and the tool tip
    State state = State::Waiting;

    bool operator==(const Step &) const = default;
};

// A process as a chain of named steps: stages of an opportunity, stations of an order. Left and
// right choose a step, Enter or click asks for it; it never moves the process itself.
class StepBar final : public QWidget
{
    Q_OBJECT

public:
    explicit StepBar(QWidget *parent = nullptr);

    void setSteps(const QList<Step> &steps);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void stepActivated(const QString &id);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    QRect stepRect(int at) const;
    int wordsWidth(const Step &step) const;
    int stepAt(const QPoint &point) const;
    int currentStep() const;
    void paintStep(QPainter &painter, int at) const;
    void updateName();

    QList<Step> m_steps;
    int m_chosen = 0;
};

} // namespace keydesk
