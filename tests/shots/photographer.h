#pragma once

#include "support/desktop/demo_office.h"
#include "support/desktop/desktop_driver.h"
#include "ui/widgets/tokens.h"

namespace keydesk::test {

// Brings every page and important state on the screen by keyboard and writes a picture of it, named
// like today-zh-light.png. Changes the demo business only in its preparation.
class Photographer final
{
public:
    struct Plan
    {
        QString directory; // where the pictures go
        QString folder; // where the desktops keep their data
        QString suffix; // "-125" for another scale
        QSize size{1366, 768};
        bool onlyImportant = false;
    };
    Photographer(DemoOffice &office, Language &language, Plan plan);

    /// Makes a refused command and a conflict, so that the sync centre has something to show.
    bool prepare();
    /// All scenes in one language, light and dark. False when one did not come about.
    bool shootAll(QLocale::Language language);
    int pictures() const { return m_pictures; }

private:
    using Scene = std::function<void(DesktopDriver &)>;
    bool signInScenes();
    bool managerScenes();
    bool syncScenes(DesktopDriver &am);
    bool stateScenes(DesktopDriver &am);
    bool otherScenes();
    bool errorScene();
    std::unique_ptr<DesktopDriver> desktopOf(const QString &user, const QString &folder = {});
    /// Plays the scene and writes it light and dark.
    bool shoot(DesktopDriver &driver, const QString &name, const Scene &scene = {});
    bool write(DesktopDriver &driver, const QString &name);
    bool queue(DesktopDriver &driver, const CommandCall &call);
    void setTheme(ThemeMode mode);

    DemoOffice &m_office;
    Language &m_language;
    const Plan m_plan;
    int m_pictures = 0;
};

} // namespace keydesk::test
