#pragma once

#include <QLocale>
#include <QObject>
#include <QTranslator>

namespace keydesk {

// The language of the user interface: our texts, Qt's own, and the default locale. Owned by the
// composition root; destroying it would take the texts away. It never touches the host's locale.
class Language final : public QObject
{
    Q_OBJECT

public:
    explicit Language(QObject *parent = nullptr);
    ~Language() override;

    /// Shows every window in `language` (Chinese, or anything else for English) at once: widgets
    /// get LanguageChange. Does nothing when that language is already shown.
    void install(QLocale::Language language);
    QLocale::Language current() const { return m_language; }

Q_SIGNALS:
    void changed(QLocale::Language language);

private:
    QTranslator m_own;
    QTranslator m_qt;
    QLocale::Language m_language = QLocale::AnyLanguage;
};

} // namespace keydesk
