#include "base/log_line.h"

#include "base/date_text.h"

namespace keydesk {

namespace {

constexpr qsizetype longestMessage = 16'384;

const char *levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
        return "critical";
    case QtFatalMsg:
        return "fatal";
    }
    return "warning";
}

// What must not reach a terminal or a line-based reader as it is: controls (C0, DEL, C1), U+2028
// and U+2029, format characters (direction marks, zero width, byte order mark, tags), halves of
// surrogates, private and unassigned characters.
bool isUnsafe(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

void appendEscaped(QByteArray &out, char16_t unit)
{
    out += "\\u" + QByteArray::number(unit, 16).rightJustified(4, '0');
}

void appendCharacter(QByteArray &out, char32_t c, QStringView units)
{
    if (c == U'"' || c == U'\\') {
        out += '\\';
        out += char(c);
    } else if (c == U'\n') {
        out += "\\n";
    } else if (c == U'\t') {
        out += "\\t";
    } else if (isUnsafe(c)) {
        for (const QChar unit : units)
            appendEscaped(out, unit.unicode());
    } else {
        out += units.toUtf8();
    }
}

void appendString(QByteArray &out, QStringView text)
{
    out += '"';
    for (qsizetype i = 0; i < text.size();) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size()
            && text[i + 1].isLowSurrogate();
        const char32_t c = pair ? QChar::surrogateToUcs4(text[i], text[i + 1])
                                : char32_t(text[i].unicode());
        const qsizetype size = pair ? 2 : 1;
        appendCharacter(out, c, text.sliced(i, size));
        i += size;
    }
    out += '"';
}

} // namespace

QByteArray logLine(Instant at, QtMsgType type, const char *category, QStringView message)
{
    QByteArray line = "{\"ts\":\"" + isoInstant(at).toLatin1() + "\",\"level\":\"" + levelName(type)
        + "\",\"category\":";
    appendString(line, QString::fromUtf8(category ? category : "default"));
    line += ",\"message\":";
    appendString(line, message.left(longestMessage));
    if (message.size() > longestMessage)
        line += ",\"cut\":" + QByteArray::number(message.size() - longestMessage);
    return line + '}';
}

} // namespace keydesk
