#include "settings/settings.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

QString pinKey(const ServerAddress &server)
{
    // A '/' or ':' would mean something to QSettings.
    return u"servers/"_s + QString::fromLatin1(server.toString().toUtf8().toHex());
}

} // namespace

Settings::Settings(const QString &dataDirectory)
    : m_store(dataDirectory + u"/settings.ini"_s, QSettings::IniFormat)
{
}

QByteArray Settings::state(const QString &name) const
{
    return m_store.value(u"state/"_s + name).toByteArray();
}

void Settings::saveState(const QString &name, const QByteArray &state)
{
    m_store.setValue(u"state/"_s + name, state);
}

QByteArray Settings::pinOf(const ServerAddress &server) const
{
    return QByteArray::fromHex(m_store.value(pinKey(server)).toString().toLatin1());
}

void Settings::rememberPin(const ServerAddress &server, const QByteArray &pin)
{
    m_store.setValue(pinKey(server), QString::fromLatin1(pin.toHex()));
}

} // namespace keydesk
