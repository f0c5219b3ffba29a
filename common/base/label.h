#pragma once

#include <QLocale>
#include <QString>

namespace keydesk {

// A word of the field's vocabulary in both languages of the product, written beside the thing it
// names. Sentences of the user interface are not vocabulary: they go through tr().
struct Label
{
    const char *zh = "";
    const char *en = "";

    /// The word in `language`; everything that is not Chinese reads English.
    QString text(QLocale::Language language) const
    {
        return QString::fromUtf8(language == QLocale::Chinese ? zh : en);
    }
    /// The word in the language of the default QLocale, which the settings page switches.
    QString text() const { return text(QLocale().language()); }
    /// Both words in one text, for an Error's arguments: the reader's language is chosen where the
    /// sentence is shown, not where the refusal was decided.
    QString argument() const { return QString::fromUtf8(zh) + separator + QString::fromUtf8(en); }

    static constexpr QChar separator{0x1f};
};

} // namespace keydesk
