#include "ui/widgets/language.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLoggingCategory>
#include <QWidget>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(languageLog, "keydesk.ui.language", QtInfoMsg)

namespace keydesk {

Language::Language(QObject *parent)
    : QObject(parent)
{
}

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
}

void Language::install(QLocale::Language language)
{
    const bool chinese = language == QLocale::Chinese;
    const QLocale::Language wanted = chinese ? QLocale::Chinese : QLocale::English;
    if (wanted == m_language)
        return;
    m_language = wanted;
    const QLocale locale = chinese ? QLocale(QLocale::Chinese, QLocale::China)
                                   : QLocale(QLocale::English, QLocale::UnitedStates);
    // The locale first: vocabulary (Label) follows it, and widgets re-read both on LanguageChange.
    QLocale::setDefault(locale);
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
    const QString qtTexts = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
    if (chinese && m_qt.load(u"qtbase_zh_CN"_s, qtTexts))
        QCoreApplication::installTranslator(&m_qt);
    // English has a file too: it holds the plurals.
    if (m_own.load(chinese ? u":/i18n/keydesk_zh_CN.qm"_s : u":/i18n/keydesk_en.qm"_s))
        QCoreApplication::installTranslator(&m_own);
    else
        qCWarning(languageLog) << "no texts for" << locale.name();
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows)
        window->setLocale(locale);
    Q_EMIT changed(wanted);
}

} // namespace keydesk
