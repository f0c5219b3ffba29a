#pragma once

#include "ui/widgets/clock_ticker.h"
#include "ui/widgets/theme.h"

#include <QWidget>

class QComboBox;
class QScrollArea;

namespace keydesk {

class Language;
class NavRail;

// Every widget of the visual system in all its states, for looking at: themes, languages, sizes and
// densities switch live. It shows invented values only and talks to nothing.
class Gallery final : public QWidget
{
    Q_OBJECT

public:
    /// `language` stays the caller's; the gallery switches it.
    explicit Gallery(Language &language, QWidget *parent = nullptr);

    QStringList pageIds() const;
    void showPage(const QString &id);
    void setTheme(const Theme &theme);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildToolbar(QLayout *row);
    void retranslate();

    Language &m_language;
    ClockTicker m_ticker;
    NavRail *m_rail;
    QScrollArea *m_area;
    QComboBox *m_mode;
    QComboBox *m_size;
    QComboBox *m_density;
    QComboBox *m_languages;
};

} // namespace keydesk
