#include "support/desktop/demo_office.h"

namespace keydesk::test {

using namespace Qt::StringLiterals;

DemoOffice::DemoOffice(const QString &program, const QString &home)
    : m_server(program, home, password().toUtf8())
{
}

DemoOffice::~DemoOffice()
{
    close();
}

QString DemoOffice::password()
{
    return u"Sunny-river-48-bridge"_s;
}

QString DemoOffice::open()
{
    if (!QFile::exists(m_server.data())) {
        const auto made = m_server.run({u"init"_s, u"--admin"_s, u"9001"_s, u"--password-file"_s,
                                        m_server.passwordFile(), u"--demo"_s,
                                        QString::number(seed)});
        if (made.code != 0)
            return u"no demo data: "_s + QString::fromUtf8(made.err);
    }
    if (!m_server.serve())
        return u"the server did not start: "_s + QString::fromUtf8(m_server.log().right(2000));
    return {};
}

void DemoOffice::close()
{
    if (m_server.isRunning())
        m_server.terminate();
}

QString DemoOffice::address() const
{
    return u"127.0.0.1:%1"_s.arg(m_server.port());
}

QString DemoOffice::enrolmentOf(const QString &user)
{
    const auto said = m_server.run({u"enrol"_s, u"--user"_s, user});
    return said.code == 0 ? QString::fromUtf8(said.out).trimmed() : QString();
}

} // namespace keydesk::test
