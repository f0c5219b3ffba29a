#include "base/result.h"

namespace keydesk {

const Reason &findReason(QStringView key)
{
    for (const Reason &reason : reasons) {
        if (key == QLatin1StringView(reason.key))
            return reason;
    }
    return "unknown"_reason;
}

QString errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Invalid:
        return QStringLiteral("invalid");
    case ErrorCode::NotFound:
        return QStringLiteral("not_found");
    case ErrorCode::Forbidden:
        return QStringLiteral("forbidden");
    case ErrorCode::Conflict:
        return QStringLiteral("conflict");
    case ErrorCode::Offline:
        return QStringLiteral("offline");
    case ErrorCode::Protocol:
        return QStringLiteral("protocol");
    case ErrorCode::Storage:
        return QStringLiteral("storage");
    case ErrorCode::Busy:
        return QStringLiteral("busy");
    }
    return QStringLiteral("invalid");
}

QString Error::text(QLocale::Language language) const
{
    QString sentence = reason->text.text(language);
    // Placeholders are filled from the last to the first so that an argument holding "%1" stays
    // text.
    for (qsizetype i = args.size(); i > 0; --i) {
        const QString &argument = args.at(i - 1);
        const qsizetype middle = argument.indexOf(Label::separator);
        const QString shown = middle < 0   ? argument
            : language == QLocale::Chinese ? argument.left(middle)
                                           : argument.mid(middle + 1);
        sentence.replace(QLatin1Char('%') + QString::number(i), shown);
    }
    return sentence;
}

QString Error::text() const
{
    return text(QLocale().language());
}

} // namespace keydesk
