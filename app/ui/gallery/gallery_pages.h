#pragma once

#include <QString>
#include <QWidget>

#include <span>

class QVBoxLayout;

namespace keydesk {

class ClockTicker;

// One page of the gallery: a heading in the rail and the function that builds it afresh.
struct GalleryPage
{
    const char *id;
    const char *icon;
    const char *title; ///< source text in the context keydesk::Gallery
    QWidget *(*make)(ClockTicker &ticker);
};

std::span<const GalleryPage> galleryPages();

/// An empty page; add sections to its layout.
QWidget *galleryCanvas();
/// A heading on the page and the column under it.
QVBoxLayout *gallerySection(QWidget *canvas, const QString &title);

QWidget *makeControlsPage(ClockTicker &ticker);
QWidget *makeColoursPage(ClockTicker &ticker);
QWidget *makeIconsPage(ClockTicker &ticker);
QWidget *makeHeaderPage(ClockTicker &ticker);
QWidget *makeTablePage(ClockTicker &ticker);
QWidget *makeStatesPage(ClockTicker &ticker);
QWidget *makeBoardPage(ClockTicker &ticker);
QWidget *makeTimelinePage(ClockTicker &ticker);
QWidget *makeTilesPage(ClockTicker &ticker);
QWidget *makeMessagesPage(ClockTicker &ticker);
QWidget *makeFormPage(ClockTicker &ticker);
QWidget *makeConflictPage(ClockTicker &ticker);
QWidget *makePalettePage(ClockTicker &ticker);

} // namespace keydesk
