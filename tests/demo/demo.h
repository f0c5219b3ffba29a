#pragma once

#include "support/desktop/demo_office.h"
#include "ui/widgets/language.h"

namespace keydesk::test {

// What `./dev run` shows: the main job played by itself, step by step with its time, or desktops of
// three people for somebody to work at.
class Demo final
{
public:
    Demo(const QString &data, const QString &shots);

    /// Exit code: 0 only if every step came true.
    int play();
    /// Exit code of the program; returns when the last window is closed or at SIGINT and SIGTERM.
    int runInteractive();

private:
    bool open();

    const QString m_data;
    const QString m_shots;
    DemoOffice m_office;
    Language m_language;
};

} // namespace keydesk::test
