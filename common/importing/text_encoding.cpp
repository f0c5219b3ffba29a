#include "importing/text_encoding.h"

#include <QIODevice>
#include <QStringConverter>

#include <uchardet.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr qint64 probeBlock = 256 * 1024;
// Enough text for any statistics, counted from the first byte that is not ASCII.
constexpr qint64 sampleSize = 1024 * 1024;

struct Mark
{
    QByteArray bytes;
    QByteArray encoding;
};

Result<> rewind(QIODevice &device)
{
    if (!device.isSequential() && device.seek(0))
        return {};
    return Error("file.unreadable"_reason, {{}, device.errorString()});
}

QByteArray encodingByMark(const QByteArray &head)
{
    // UTF-32LE begins like UTF-16LE, so it is asked first.
    static const Mark marks[] = {{QByteArray::fromHex("efbbbf"), "UTF-8"},
                                 {QByteArray::fromHex("fffe0000"), "UTF-32"},
                                 {QByteArray::fromHex("0000feff"), "UTF-32"},
                                 {QByteArray::fromHex("fffe"), "UTF-16"},
                                 {QByteArray::fromHex("feff"), "UTF-16"},
                                 {QByteArray::fromHex("84319533"), "GB18030"}};
    for (const Mark &mark : marks) {
        if (head.startsWith(mark.bytes))
            return mark.encoding;
    }
    return {};
}

// What a whole pass over the file shows.
struct Survey
{
    bool isUtf8 = true;
    bool hasNul = false;
    qint64 firstHighByte = -1;
};

Survey survey(QIODevice &device)
{
    Survey found;
    QStringDecoder utf8(QStringConverter::Utf8);
    qint64 offset = 0;
    for (QByteArray block = device.read(probeBlock); !block.isEmpty();
         block = device.read(probeBlock)) {
        found.hasNul = found.hasNul || block.contains('\0');
        for (qsizetype i = 0; found.firstHighByte < 0 && i < block.size(); ++i) {
            if (uchar(block[i]) >= 0x80)
                found.firstHighByte = offset + i;
        }
        offset += block.size();
        if (found.isUtf8 && found.firstHighByte >= 0) {
            (void)QString(utf8(block));
            found.isUtf8 = !utf8.hasError();
        }
        if (found.hasNul || !found.isUtf8)
            return found;
    }
    // A character cut off at the end of the file shows itself only when something follows it.
    (void)QString(utf8(QByteArrayView("\n")));
    found.isUtf8 = !utf8.hasError();
    return found;
}

// Counts over the double-byte structure of GB 18030.
struct ChineseCounts
{
    int pairs = 0;
    int common = 0; // level 1 of GB 2312 (the 3,755 usual characters) and its punctuation
    int late = 0; // level 1 from 0xC9 on, where EUC-KR has no syllables
    int broken = 0;
};

ChineseCounts countChinese(const QByteArray &sample)
{
    ChineseCounts counts;
    for (qsizetype i = 0; i + 1 < sample.size(); ++i) {
        const uchar lead = uchar(sample[i]);
        const uchar trail = uchar(sample[i + 1]);
        if (lead < 0x80)
            continue;
        if (lead == 0x80 || lead == 0xff) {
            ++counts.broken;
            continue;
        }
        if (trail >= 0x30 && trail <= 0x39) {
            i += 3;
            ++counts.pairs;
            continue;
        }
        if (trail < 0x40 || trail == 0x7f || trail == 0xff) {
            ++counts.broken;
            continue;
        }
        ++i;
        ++counts.pairs;
        const bool usual = trail >= 0xa1
            && ((lead >= 0xb0 && lead <= 0xd7) || lead == 0xa1 || lead == 0xa3);
        counts.common += usual;
        counts.late += usual && lead >= 0xc9;
    }
    return counts;
}

bool isPlausiblyChinese(const ChineseCounts &counts)
{
    const bool isKorean = counts.pairs >= 20 && counts.late * 10 < counts.common;
    return counts.broken == 0 && counts.pairs > 0 && counts.common * 10 >= counts.pairs * 7
        && !isKorean;
}

// uchardet's answer by a name Qt knows; empty when it has none or Qt cannot decode it.
QByteArray encodingByStatistics(const QByteArray &sample)
{
    const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(),
                                                                         uchardet_delete);
    uchardet_handle_data(detector.get(), sample.constData(), std::size_t(sample.size()));
    uchardet_data_end(detector.get());
    const QByteArray name = uchardet_get_charset(detector.get());
    // GB 18030 holds all of its predecessors, windows-1252 the Latin-1 of those who do not care;
    // UHC is what others call windows-949.
    if (name.startsWith("GB"))
        return "GB18030";
    const QByteArray known = name == "UHC" ? QByteArray("windows-949")
        : name == "ISO-8859-1"             ? QByteArray("WINDOWS-1252")
                                           : name;
    return QStringDecoder(known.constData()).isValid() ? known : QByteArray();
}

} // namespace

Result<QByteArray> detectEncoding(QIODevice &device)
{
    if (const auto atStart = rewind(device); !atStart)
        return atStart.error();
    if (const QByteArray marked = encodingByMark(device.peek(4)); !marked.isEmpty())
        return marked;
    const Survey found = survey(device);
    if (found.hasNul)
        return Error("csv.not_text"_reason);
    QByteArray encoding = "UTF-8";
    if (!found.isUtf8) {
        if (!device.seek(found.firstHighByte))
            return Error("file.unreadable"_reason, {{}, device.errorString()});
        const QByteArray sample = device.read(sampleSize);
        encoding = isPlausiblyChinese(countChinese(sample)) ? QByteArray("GB18030")
                                                            : encodingByStatistics(sample);
    }
    if (const auto atStart = rewind(device); !atStart)
        return atStart.error();
    if (encoding.isEmpty())
        return Error("import.encoding"_reason);
    return encoding;
}

} // namespace keydesk
