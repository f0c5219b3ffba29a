#include "ui/widgets/record_picker.h"

#include "ui/widgets/candidate_delegate.h"
#include "ui/widgets/candidate_model.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/palette_panel.h"

#include <QBoxLayout>
#include <QInputMethodEvent>
#include <QListView>
#include <QScreen>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr int mostPickerRows = 8;
constexpr int narrowestPopup = 320;

} // namespace

RecordPicker::RecordPicker(QWidget *parent)
    : QLineEdit(parent)
    , m_model(new CandidateModel(this))
    , m_popup(new PalettePanel(this, Qt::ToolTip | Qt::FramelessWindowHint))
    , m_list(new QListView)
{
    addAction(icon(u"search"_s), LeadingPosition);
    setPlaceholderText(tr("Name, number or pinyin initials"));
    m_popup->setAttribute(Qt::WA_ShowWithoutActivating);
    m_popup->setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(m_popup);
    column->setContentsMargins(1, 4, 1, 4);
    column->addWidget(m_list);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CandidateDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_list, &QListView::clicked, this,
            [this](const QModelIndex &index) { choose(index.row()); });
    connect(this, &QLineEdit::textEdited, this, &RecordPicker::startQuery);
}

RecordPicker::~RecordPicker() = default;

void RecordPicker::setSource(CandidateSource *source)
{
    if (m_source)
        disconnect(m_source, nullptr, this, nullptr);
    m_source = source;
    if (source)
        connect(source, &CandidateSource::found, this, &RecordPicker::receive);
}

void RecordPicker::setCurrent(const QString &id, const QString &text)
{
    m_id = id;
    m_chosenText = id.isEmpty() ? QString() : text;
    setText(m_chosenText);
    if (!hasFocus())
        setCursorPosition(0); // a long name shows its beginning
    KeydeskStyle::setInvalid(this, false);
    hidePopup();
}

bool RecordPicker::isPopupOpen() const
{
    return m_popup->isVisible();
}

void RecordPicker::startQuery()
{
    if (!m_source)
        return;
    m_model->reset({QString()});
    m_source->query(text().trimmed(), ++m_generation);
}

void RecordPicker::receive(int generation, const QList<Candidate> &candidates)
{
    if (generation != m_generation)
        return;
    m_model->setSection(0, candidates);
    m_answered = generation;
    if (m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0));
    if (!hasFocus())
        takeOnlyMatch(); // the user went on before the answer came
    if (m_model->rowCount() > 0 && hasFocus() && !m_composing)
        showPopup();
    else
        hidePopup();
}

void RecordPicker::choose(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const Candidate candidate = m_model->candidate(row);
    setCurrent(candidate.id, candidate.title);
    Q_EMIT chosen(m_id, m_chosenText);
}

// Nothing to choose between: the one that answers to the words is meant.
bool RecordPicker::takeOnlyMatch()
{
    const bool asked = !text().trimmed().isEmpty() && text() != m_chosenText;
    if (!asked || m_answered != m_generation || m_model->rowCount() != 1)
        return false;
    setToolTip({});
    choose(0);
    return true;
}

// When the user leaves: an emptied field means "none", words without a choice stay and are marked.
void RecordPicker::settle()
{
    hidePopup();
    if (text().trimmed().isEmpty() && !m_id.isEmpty()) {
        setCurrent({}, {});
        Q_EMIT chosen({}, {});
    }
    if (takeOnlyMatch())
        return;
    const bool undecided = text() != m_chosenText;
    if (undecided)
        m_id.clear();
    KeydeskStyle::setInvalid(this, undecided);
    setToolTip(undecided ? tr("Choose one from the list") : QString());
}

void RecordPicker::showPopup()
{
    int rowsHeight = 8;
    for (int row = 0; row < std::min(m_model->rowCount(), mostPickerRows); ++row)
        rowsHeight += m_list->sizeHintForRow(row);
    const int popupWidth = std::max(width(), narrowestPopup);
    QPoint corner = mapToGlobal(QPoint(0, height() + 2));
    const QRect screenArea = screen()->availableGeometry();
    if (corner.y() + rowsHeight > screenArea.bottom())
        corner = mapToGlobal(QPoint(0, -rowsHeight - 2));
    corner.setX(std::min(corner.x(), screenArea.right() - popupWidth));
    m_popup->setGeometry({corner, QSize(popupWidth, rowsHeight)});
    m_popup->show();
}

void RecordPicker::hidePopup()
{
    m_popup->hide();
}

void RecordPicker::keyPressEvent(QKeyEvent *event)
{
    const int row = m_list->currentIndex().row();
    if (m_popup->isVisible()) {
        switch (event->key()) {
        case Qt::Key_Down:
            m_list->setCurrentIndex(m_model->index(std::min(row + 1, m_model->rowCount() - 1)));
            return;
        case Qt::Key_Up:
            m_list->setCurrentIndex(m_model->index(std::max(row - 1, 0)));
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (!event->modifiers().testFlag(Qt::ControlModifier))
                return choose(row);
            break;
        case Qt::Key_Escape:
            return hidePopup(); // the typed words stay
        default:
            break;
        }
    } else if (event->key() == Qt::Key_Down) {
        return startQuery();
    }
    QLineEdit::keyPressEvent(event);
}

void RecordPicker::inputMethodEvent(QInputMethodEvent *event)
{
    // The input method's own candidate window must not lie under ours.
    m_composing = !event->preeditString().isEmpty();
    if (m_composing)
        hidePopup();
    QLineEdit::inputMethodEvent(event);
}

void RecordPicker::focusOutEvent(QFocusEvent *event)
{
    if (event->reason() != Qt::PopupFocusReason)
        settle();
    QLineEdit::focusOutEvent(event);
}

void RecordPicker::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        setPlaceholderText(tr("Name, number or pinyin initials"));
}

} // namespace keydesk
