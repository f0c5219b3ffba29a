#include "demo.h"

#include "support/desktop/main_job.h"
#include "ui/widgets/keydesk_style.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTimer>

#include <csignal>
#include <cstdio>

namespace keydesk::test {

using namespace Qt::StringLiterals;

namespace {

volatile std::sig_atomic_t interrupted = 0;

void noteSignal(int)
{
    interrupted = 1;
}

struct Login
{
    const char *user;
    const char *who;
};
constexpr Login logins[] = {
    {"1101", "account manager 客户经理, Kunming"},
    {"1131", "hotline agent 热线坐席, Kunming"},
    {"1151", "dispatcher 调度员, Kunming"},
    {"1111", "telephone manager 电话客户经理, Kunming"},
    {"1121", "partner agent 社会渠道, Kunming"},
    {"1141", "service hall clerk 服营厅, Kunming"},
    {"1161", "supervisor 主管, Kunming"},
    {"1171", "head of department 部门经理, Kunming"},
    {"1201", "account manager 客户经理, Suzhou"},
    {"1231", "hotline agent 热线坐席, Suzhou"},
    {"1001", "administrator 系统管理员"},
    {"1002", "dispatcher of the group 集团调度"},
};

} // namespace

Demo::Demo(const QString &data, const QString &shots)
    : m_data(QDir(data).absolutePath())
    , m_shots(QDir(shots).absolutePath())
    , m_office(QStringLiteral(KEYDESK_SERVER_PROGRAM), m_data)
{
    KeydeskStyle::install();
    m_language.install(QLocale::Chinese);
}

bool Demo::open()
{
    QElapsedTimer clock;
    clock.start();
    QDir().mkpath(m_shots);
    if (const QString problem = m_office.open(); !problem.isEmpty()) {
        std::fprintf(stderr, "keydesk-demo: %s\n", qPrintable(problem));
        return false;
    }
    std::printf("%6lld ms  demo data in %s, server on %s\n", clock.elapsed(), qPrintable(m_data),
                qPrintable(m_office.address()));
    return true;
}

int Demo::play()
{
    if (!open())
        return 1;
    QApplication::setCursorFlashTime(0);
    MainJob job(m_office, m_language, m_data + u"/desktops"_s);
    QElapsedTimer all;
    all.start();
    int number = 0;
    for (const MainJob::Step &step : MainJob::steps()) {
        QElapsedTimer clock;
        clock.start();
        const QString problem = job.play(step);
        const qint64 took = clock.elapsed();
        job.shoot(m_shots, ++number);
        std::printf("%6lld ms  %s%s\n", took, step.name, problem.isEmpty() ? "" : ": FAILED");
        std::fflush(stdout);
        if (!problem.isEmpty()) {
            std::fprintf(stderr, "keydesk-demo: %s\n", qPrintable(problem));
            return 1;
        }
    }
    std::printf("All %d steps came true in %lld ms; pictures in %s\n", number, all.elapsed(),
                qPrintable(m_shots));
    return 0;
}

int Demo::runInteractive()
{
    if (!open())
        return 1;
    std::printf("\nSign in with one of these numbers, password %s\n",
                qPrintable(DemoOffice::password()));
    for (const Login &login : logins)
        std::printf("  %s  %s\n", login.user, login.who);
    std::fflush(stdout);
    std::signal(SIGINT, noteSignal);
    std::signal(SIGTERM, noteSignal);
    QTimer watch;
    QObject::connect(&watch, &QTimer::timeout, qApp, [] {
        if (interrupted)
            QApplication::quit();
    });
    watch.start(200);

    std::vector<std::unique_ptr<Workbench>> workbenches;
    std::vector<std::unique_ptr<MainWindow>> windows;
    int place = 0;
    for (const char *user : {"1131", "1101"}) {
        Workbench::Options options;
        options.dataDirectory = m_data + u"/desktops/window-"_s + QString::fromLatin1(user);
        options.appVersion = u"0.1.0"_s;
        workbenches.push_back(std::make_unique<Workbench>(std::move(options)));
        MainWindow::Start start;
        start.signIn.server = m_office.address();
        start.signIn.user = QString::fromLatin1(user);
        start.signIn.password = DemoOffice::password();
        if (!workbenches.back()->isKnownHere(start.signIn.server, start.signIn.user))
            start.signIn.enrolment = m_office.enrolmentOf(start.signIn.user);
        windows.push_back(std::make_unique<MainWindow>(*workbenches.back(), m_language, start));
        windows.back()->move(40 * place, 40 * place);
        windows.back()->show();
        ++place;
    }
    windows.back()->activateWindow();
    const int code = QApplication::exec();
    windows.clear();
    workbenches.clear();
    m_office.close();
    return code;
}

} // namespace keydesk::test
