#pragma once

#include "base/label.h"

namespace keydesk {

/// What stands for `language` in a text that may hold both, as Label::argument() and bothWords()
/// write it; any other text as it is.
inline QString chosenWords(const QString &text, QLocale::Language language)
{
    const qsizetype middle = text.indexOf(Label::separator);
    if (middle < 0)
        return text;
    return language == QLocale::Chinese ? text.left(middle) : text.mid(middle + 1);
}
/// The same in the language of the default QLocale.
inline QString chosenWords(const QString &text)
{
    return chosenWords(text, QLocale().language());
}

/// One text in both languages, for what is stored once and read by people of either. Without
/// English words the Chinese ones stand for both.
inline QString bothWords(const QString &zh, const QString &en)
{
    return en.isEmpty() || en == zh ? zh : zh + Label::separator + en;
}

} // namespace keydesk
