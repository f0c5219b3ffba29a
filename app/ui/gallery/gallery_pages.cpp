#include "ui/gallery/gallery_pages.h"

#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QCoreApplication>

namespace keydesk {

namespace {

const GalleryPage allPages[] = {
    {"controls", "layout-grid", QT_TRANSLATE_NOOP("keydesk::Gallery", "Controls"),
     makeControlsPage},
    {"colours", "contrast", QT_TRANSLATE_NOOP("keydesk::Gallery", "Colours"), makeColoursPage},
    {"icons", "star", QT_TRANSLATE_NOOP("keydesk::Gallery", "Icons"), makeIconsPage},
    {"header", "panel-left", QT_TRANSLATE_NOOP("keydesk::Gallery", "Page header"), makeHeaderPage},
    {"table", "list", QT_TRANSLATE_NOOP("keydesk::Gallery", "Record table"), makeTablePage},
    {"states", "circle-dot", QT_TRANSLATE_NOOP("keydesk::Gallery", "States"), makeStatesPage},
    {"board", "square-kanban", QT_TRANSLATE_NOOP("keydesk::Gallery", "Board"), makeBoardPage},
    {"timeline", "history", QT_TRANSLATE_NOOP("keydesk::Gallery", "Timeline"), makeTimelinePage},
    {"tiles", "gauge", QT_TRANSLATE_NOOP("keydesk::Gallery", "Tiles"), makeTilesPage},
    {"messages", "message-square", QT_TRANSLATE_NOOP("keydesk::Gallery", "Messages"),
     makeMessagesPage},
    {"form", "pencil", QT_TRANSLATE_NOOP("keydesk::Gallery", "Form"), makeFormPage},
    {"conflict", "git-compare", QT_TRANSLATE_NOOP("keydesk::Gallery", "Conflicts"),
     makeConflictPage},
    {"palette", "search", QT_TRANSLATE_NOOP("keydesk::Gallery", "Palette"), makePalettePage},
};

} // namespace

std::span<const GalleryPage> galleryPages()
{
    return allPages;
}

QWidget *galleryCanvas()
{
    auto *canvas = new QWidget;
    auto *column = new QVBoxLayout(canvas);
    column->setContentsMargins(16, 8, 16, 24);
    column->setSpacing(20);
    column->addStretch();
    return canvas;
}

QVBoxLayout *gallerySection(QWidget *canvas, const QString &title)
{
    auto *section = new QVBoxLayout;
    section->setSpacing(8);
    auto *heading = new TextLabel(title, TextRole::Section, Token::Text);
    heading->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    section->addWidget(heading);
    auto *column = static_cast<QVBoxLayout *>(canvas->layout());
    column->insertLayout(column->count() - 1, section);
    return section;
}

} // namespace keydesk
