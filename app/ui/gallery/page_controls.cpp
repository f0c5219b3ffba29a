#include "ui/gallery/gallery.h"
#include "ui/gallery/gallery_pages.h"
#include "ui/widgets/badges.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QGridLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTabBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

QPushButton *sampleButton(const QString &text, const QString &iconName, Prominence prominence)
{
    auto *button = new QPushButton(icon(iconName), text);
    KeydeskStyle::setProminence(button, prominence);
    return button;
}

void addButtons(QVBoxLayout *section)
{
    const QString claim = Gallery::tr("Claim(&C)");
    const QString later = Gallery::tr("Later");
    for (const bool enabled : {true, false}) {
        auto *row = new QHBoxLayout;
        const QList<QPushButton *> buttons{sampleButton(claim, u"check"_s, Prominence::Primary),
                                           sampleButton(later, u"clock"_s, Prominence::Normal),
                                           sampleButton(Gallery::tr("Delete"), u"trash-2"_s,
                                                        Prominence::Danger),
                                           sampleButton(Gallery::tr("Copy details"), {},
                                                        Prominence::Quiet)};
        for (QPushButton *button : buttons) {
            button->setEnabled(enabled);
            row->addWidget(button);
        }
        auto *tool = new QToolButton;
        tool->setIcon(icon(u"ellipsis"_s));
        tool->setAccessibleName(Gallery::tr("More"));
        tool->setToolTip(tool->accessibleName());
        tool->setEnabled(enabled);
        row->addWidget(tool);
        row->addStretch();
        section->addLayout(row);
    }
}

QLineEdit *sampleField(const QString &text, bool invalid, bool enabled, bool readOnly)
{
    auto *field = new QLineEdit(text);
    field->setAccessibleName(text);
    field->setEnabled(enabled);
    field->setReadOnly(readOnly);
    KeydeskStyle::setInvalid(field, invalid);
    return field;
}

void addFields(QVBoxLayout *section)
{
    auto *grid = new QGridLayout;
    const QString customer = Gallery::tr("Suzhou Industrial Park Committee");
    auto *empty = new QLineEdit;
    empty->setPlaceholderText(Gallery::tr("Customer, number or pinyin initials"));
    empty->setAccessibleName(empty->placeholderText());
    grid->addWidget(empty, 0, 0);
    grid->addWidget(sampleField(customer, false, true, false), 0, 1);
    grid->addWidget(sampleField(customer, true, true, false), 0, 2);
    grid->addWidget(sampleField(customer, false, false, false), 1, 0);
    grid->addWidget(sampleField(customer, false, true, true), 1, 1);
    auto *box = new QComboBox;
    box->addItems({Gallery::tr("Fault"), Gallery::tr("Complaint")});
    grid->addWidget(box, 1, 2);
    box->setAccessibleName(Gallery::tr("Record type"));
    auto *spin = new QSpinBox;
    spin->setAccessibleName(Gallery::tr("Members"));
    spin->setRange(0, 999);
    spin->setValue(12);
    grid->addWidget(spin, 2, 0);
    auto *notes = new QPlainTextEdit(customer);
    notes->setFixedHeight(64);
    notes->setAccessibleName(Gallery::tr("Note"));
    grid->addWidget(notes, 2, 1, 1, 2);
    section->addLayout(grid);
}

void addChoices(QVBoxLayout *section)
{
    auto *row = new QHBoxLayout;
    const QString name = Gallery::tr("Name checked");
    for (const Qt::CheckState state : {Qt::Unchecked, Qt::PartiallyChecked, Qt::Checked}) {
        auto *box = new QCheckBox(name);
        box->setTristate(true);
        box->setCheckState(state);
        row->addWidget(box);
    }
    auto *off = new QCheckBox(name);
    off->setChecked(true);
    off->setEnabled(false);
    row->addWidget(off);
    for (const bool on : {true, false}) {
        auto *radio = new QRadioButton(Gallery::tr("Consultation"));
        radio->setAutoExclusive(false);
        radio->setChecked(on);
        row->addWidget(radio);
    }
    row->addStretch();
    section->addLayout(row);
    auto *tabs = new QTabBar;
    for (const char *text : {QT_TRANSLATE_NOOP("keydesk::Gallery", "Provisioning"),
                             QT_TRANSLATE_NOOP("keydesk::Gallery", "Faults"),
                             QT_TRANSLATE_NOOP("keydesk::Gallery", "Support")})
        tabs->addTab(Gallery::tr(text));
    tabs->setExpanding(false);
    section->addWidget(tabs);
    auto *progress = new QProgressBar;
    progress->setValue(52);
    progress->setTextVisible(false);
    progress->setFixedHeight(6);
    section->addWidget(progress);
}

// One token as a coloured field with its name.
class Swatch final : public QWidget
{
public:
    Swatch(Token token, QWidget *parent)
        : QWidget(parent)
        , m_token(token)
    {
        setFixedSize(150, 52);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = Theme::of(this);
        painter.fillRect(QRect(0, 0, width(), 30), theme.color(m_token));
        painter.setPen(theme.color(Token::BorderControl));
        painter.drawRect(0, 0, width() - 1, 29);
        painter.setFont(theme.font(TextRole::Caption));
        painter.setPen(theme.color(Token::Text2));
        painter.drawText(QRect(0, 32, width(), 20), Qt::AlignLeft | Qt::AlignVCenter,
                         QString::fromLatin1(tokenName(m_token)));
    }

private:
    Token m_token;
};

} // namespace

QWidget *makeControlsPage(ClockTicker &)
{
    QWidget *canvas = galleryCanvas();
    addButtons(gallerySection(canvas, Gallery::tr("Buttons")));
    addFields(gallerySection(canvas, Gallery::tr("Fields")));
    addChoices(gallerySection(canvas, Gallery::tr("Choices")));
    return canvas;
}

QWidget *makeColoursPage(ClockTicker &)
{
    QWidget *canvas = galleryCanvas();
    auto *section = gallerySection(canvas, Gallery::tr("Colours"));
    auto *swatches = new QWidget;
    auto *flow = new FlowLayout(swatches, 12);
    for (int i = 0; i < tokenCount; ++i)
        flow->addWidget(new Swatch(static_cast<Token>(i), swatches));
    section->addWidget(swatches);
    return canvas;
}

QWidget *makeIconsPage(ClockTicker &)
{
    QWidget *canvas = galleryCanvas();
    auto *section = gallerySection(canvas, Gallery::tr("Icons"));
    auto *icons = new QWidget;
    auto *flow = new FlowLayout(icons, 6);
    const QStringList files = QDir(u":/icons"_s).entryList({u"*.svg"_s});
    for (const QString &file : files) {
        auto *button = new QToolButton;
        button->setIcon(icon(file.chopped(4)));
        button->setToolTip(file.chopped(4));
        button->setAccessibleName(file.chopped(4));
        flow->addWidget(button);
    }
    section->addWidget(icons);
    return canvas;
}

} // namespace keydesk
