#include "ui/gallery/gallery.h"

#include "ui/gallery/gallery_pages.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/language.h"
#include "ui/widgets/nav_rail.h"

#include <QApplication>
#include <QBoxLayout>
#include <QComboBox>
#include <QDateTime>
#include <QEvent>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace keydesk {

Gallery::Gallery(Language &language, QWidget *parent)
    : QWidget(parent)
    , m_language(language)
    , m_ticker([] { return QDateTime::currentMSecsSinceEpoch(); })
    , m_rail(new NavRail)
    , m_area(new QScrollArea)
    , m_mode(new QComboBox)
    , m_size(new QComboBox)
    , m_density(new QComboBox)
    , m_languages(new QComboBox)
{
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(16, 8, 16, 8);
    bar->setSpacing(8);
    buildToolbar(bar);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus);
    auto *content = new QVBoxLayout;
    content->setSpacing(0);
    content->addLayout(bar);
    content->addWidget(m_area, 1);
    auto *columns = new QHBoxLayout(this);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(m_rail);
    columns->addLayout(content, 1);
    connect(m_rail, &NavRail::activated, this, &Gallery::showPage);
    retranslate();
    showPage(pageIds().constFirst());
    resize(1366, 768);
}

void Gallery::buildToolbar(QLayout *row)
{
    const auto switchTheme = [this] {
        Theme theme;
        theme.mode = m_mode->currentIndex() == 1 ? ThemeMode::Dark : ThemeMode::Light;
        theme.textPercent = Theme::textPercents[std::max(0, m_size->currentIndex())];
        theme.density = static_cast<Density>(std::max(0, m_density->currentIndex()));
        setTheme(theme);
    };
    for (QComboBox *box : {m_mode, m_size, m_density, m_languages}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        row->addWidget(box);
    }
    static_cast<QBoxLayout *>(row)->addStretch();
    m_mode->addItems({QString(), QString()});
    for (const int percent : Theme::textPercents)
        m_size->addItem(u"%1 %"_s.arg(percent));
    m_density->addItems({QString(), QString(), QString()});
    m_density->setCurrentIndex(static_cast<int>(Density::Standard));
    m_languages->addItems({u"中文"_s, u"English"_s});
    m_languages->setCurrentIndex(m_language.current() == QLocale::English ? 1 : 0);
    for (QComboBox *box : {m_mode, m_size, m_density})
        connect(box, &QComboBox::activated, this, switchTheme);
    connect(m_languages, &QComboBox::activated, this,
            [this](int at) { m_language.install(at == 0 ? QLocale::Chinese : QLocale::English); });
}

QStringList Gallery::pageIds() const
{
    QStringList ids;
    for (const GalleryPage &page : galleryPages())
        ids += QString::fromLatin1(page.id);
    return ids;
}

void Gallery::showPage(const QString &id)
{
    for (const GalleryPage &page : galleryPages()) {
        if (QLatin1String(page.id) != id)
            continue;
        m_area->setWidget(page.make(m_ticker));
        m_rail->setCurrent(id);
    }
}

void Gallery::setTheme(const Theme &theme)
{
    if (auto *style = qobject_cast<KeydeskStyle *>(QApplication::style()))
        style->setTheme(theme);
    m_mode->setCurrentIndex(theme.mode == ThemeMode::Dark ? 1 : 0);
    m_size->setCurrentText(u"%1 %"_s.arg(theme.textPercent));
    m_density->setCurrentIndex(static_cast<int>(theme.density));
}

void Gallery::retranslate()
{
    setWindowTitle(tr("Keydesk widgets"));
    m_languages->setCurrentIndex(m_language.current() == QLocale::English ? 1 : 0);
    QList<NavItem> items;
    for (const GalleryPage &page : galleryPages())
        items += NavItem{QString::fromLatin1(page.id),
                         tr(page.title),
                         QString::fromLatin1(page.icon),
                         {},
                         false};
    m_rail->setItems(items);
    m_mode->setItemText(0, tr("Light"));
    m_mode->setItemText(1, tr("Dark"));
    m_mode->setAccessibleName(tr("Theme"));
    m_size->setAccessibleName(tr("Text size"));
    m_density->setItemText(0, tr("Compact"));
    m_density->setItemText(1, tr("Standard"));
    m_density->setItemText(2, tr("Comfortable"));
    m_density->setAccessibleName(tr("Density"));
    m_languages->setAccessibleName(tr("Language"));
}

void Gallery::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_rail->followWindowWidth(width());
}

void Gallery::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    retranslate();
    showPage(m_rail->current());
}

} // namespace keydesk
