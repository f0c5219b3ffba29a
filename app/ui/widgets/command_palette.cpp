#include "ui/widgets/command_palette.h"

#include "ui/widgets/candidate_delegate.h"
#include "ui/widgets/candidate_model.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/palette_panel.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr int paletteWidth = 680;
constexpr int paletteTop = 72;
constexpr int mostRowsShown = 12;

} // namespace

CommandPalette::CommandPalette(QWidget *window)
    : QWidget(window)
    , m_panel(new PalettePanel(this))
    , m_edit(new QLineEdit)
    , m_list(new QListView)
    , m_nothing(new TextLabel(TextRole::Body, Token::Text2))
    , m_foot(new TextLabel(TextRole::Caption, Token::Muted))
    , m_model(new CandidateModel(this))
{
    m_edit->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    m_edit->setObjectName(u"paletteEdit"_s);
    m_edit->installEventFilter(this);
    m_list->setObjectName(u"paletteList"_s);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CandidateDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus); // the line keeps the focus, arrows move the list
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QListView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_nothing->setContentsMargins(12, 8, 12, 8);
    m_foot->setContentsMargins(12, 4, 12, 4);

    auto *column = new QVBoxLayout(m_panel);
    column->setContentsMargins(8, 8, 8, 6);
    column->setSpacing(6);
    column->addWidget(m_edit);
    column->addWidget(m_nothing);
    column->addWidget(m_list, 1);
    column->addWidget(m_foot);

    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::query);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) {
        m_list->setCurrentIndex(index);
        activate(QApplication::keyboardModifiers().testFlag(Qt::AltModifier));
    });
    window->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, &CommandPalette::followFocus);
    retranslate();
    hide();
}

void CommandPalette::retranslate()
{
    m_edit->setPlaceholderText(tr("Customer, person, number, command … pinyin initials work too"));
    m_edit->setAccessibleName(tr("Search or command"));
    m_list->setAccessibleName(tr("What was found"));
    // What there is to choose from, no more.
    QStringList foot{tr("↑ ↓ choose · Enter open · Esc close")};
    for (const PaletteSource *source : std::as_const(m_sources)) {
        if (!source->prefix().isNull())
            foot.append(source->prefix() + u"  "_s + source->title());
    }
    m_foot->setText(foot.join(u"      "_s));
}

void CommandPalette::addSource(PaletteSource *source)
{
    m_sources += source;
    retranslate();
    connect(source, &CandidateSource::found, this,
            [this, source](int generation, const QList<Candidate> &candidates) {
                receive(source, generation, candidates);
            });
}

void CommandPalette::open(const QString &text)
{
    if (!isVisible())
        m_focusBefore = QApplication::focusWidget();
    const bool same = m_edit->text() == text;
    m_edit->setText(text);
    if (same)
        query();
    arrange();
    show();
    raise();
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->end(false);
}

void CommandPalette::close()
{
    if (!isVisible())
        return;
    ++m_generation; // late answers are nobody's
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
}

// Whoever takes the focus in the same window wants to be seen: nobody types beneath the palette.
void CommandPalette::followFocus(QWidget *, const QWidget *now)
{
    if (!isVisible() || !now || now->window() != window() || now == this || isAncestorOf(now))
        return;
    ++m_generation;
    hide();
}

void CommandPalette::query()
{
    QString text = m_edit->text().trimmed();
    QList<PaletteSource *> limited;
    for (PaletteSource *source : std::as_const(m_sources)) {
        if (!text.isEmpty() && source->prefix() == text.front())
            limited += source;
    }
    if (!limited.isEmpty())
        text = text.mid(1).trimmed();
    m_asked = limited.isEmpty() ? m_sources : limited;
    QStringList titles;
    for (const PaletteSource *source : std::as_const(m_asked))
        titles += source->title();
    m_model->reset(titles);
    m_userMoved = false;
    m_answers = 0;
    m_nothing->hide();
    m_list->show();
    const int generation = ++m_generation;
    const QList<PaletteSource *> asked = m_asked;
    for (PaletteSource *source : asked)
        source->query(text, generation);
    arrange();
}

void CommandPalette::receive(PaletteSource *source, int generation,
                             const QList<Candidate> &candidates)
{
    const int section = int(m_asked.indexOf(source));
    if (generation != m_generation || section < 0)
        return;
    m_model->setSection(section, candidates);
    ++m_answers;
    // The first row is the offer until the user chooses; after that nothing moves the choice.
    if (!m_userMoved && m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0));
    const bool nothing = m_model->rowCount() == 0 && m_answers >= m_asked.size();
    m_nothing->setText(tr("Nothing found for “%1”").arg(m_edit->text()));
    m_nothing->setVisible(nothing && !m_edit->text().isEmpty());
    m_list->setVisible(!nothing);
    arrange();
}

void CommandPalette::activate(bool alternate)
{
    const QModelIndex index = m_list->currentIndex();
    const int section = m_model->sectionOf(index.row());
    if (!index.isValid() || section < 0)
        return;
    PaletteSource *source = m_asked[section];
    const QString id = m_model->candidate(index.row()).id;
    close(); // first: what is activated may want the focus
    source->activate(id, alternate);
}

void CommandPalette::move(int step)
{
    const int rows = m_model->rowCount();
    if (rows == 0)
        return;
    m_userMoved = true;
    const int row = std::clamp(m_list->currentIndex().row() + step, 0, rows - 1);
    m_list->setCurrentIndex(m_model->index(row));
    m_list->scrollTo(m_model->index(row));
}

bool CommandPalette::handleKey(int key, Qt::KeyboardModifiers modifiers)
{
    switch (key) {
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_PageDown:
        move(mostRowsShown);
        return true;
    case Qt::Key_PageUp:
        move(-mostRowsShown);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        activate(modifiers.testFlag(Qt::AltModifier));
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // the focus stays in the palette
    default:
        return false;
    }
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        return handleKey(key->key(), key->modifiers());
    }
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        arrange();
    return QWidget::eventFilter(watched, event);
}

void CommandPalette::arrange()
{
    setGeometry(parentWidget()->rect());
    int rowsHeight = 0;
    for (int row = 0; row < std::min(m_model->rowCount(), mostRowsShown); ++row)
        rowsHeight += m_list->sizeHintForRow(row);
    const int most = height() - paletteTop - 24;
    const int chrome = m_edit->sizeHint().height() + m_foot->sizeHint().height() + 28
        + (m_nothing->isVisibleTo(this) ? m_nothing->sizeHint().height() + 6 : 0);
    const int panelHeight = std::min(most, chrome + rowsHeight);
    const int width = std::min(Theme::of(this).scaled(paletteWidth), this->width() - 32);
    m_panel->setGeometry((this->width() - width) / 2, std::min(paletteTop, height() / 8), width,
                         panelHeight);
}

void CommandPalette::mousePressEvent(QMouseEvent *event)
{
    if (!m_panel->geometry().contains(event->position().toPoint()))
        close();
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), QColor(0, 0, 0, 70));
}

void CommandPalette::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::StyleChange && m_model)
        arrange();
}

} // namespace keydesk
