#include "importing/csv_format.h"

#include "importing/text_encoding.h"

#include <QIODevice>
#include <QStringConverter>

#include <algorithm>
#include <map>
#include <vector>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

constexpr qint64 sampleBytes = 64 * 1024;
constexpr int sampleRecords = 50;
constexpr QChar delimiters[] = {u',', u'\t', u';', u'|'};

// Fields in each of the first records of `sample` when split by `delimiter`, quotes respected.
std::vector<int> columnCounts(QStringView sample, QChar delimiter, bool isWhole)
{
    std::vector<int> counts;
    int columns = 1;
    bool quoted = false;
    bool blank = true;
    for (const QChar c : sample) {
        if (c == u'"')
            quoted = !quoted;
        if (!quoted && (c == u'\n' || c == u'\r')) {
            if (!blank)
                counts.push_back(columns);
            if (int(counts.size()) == sampleRecords)
                return counts;
            columns = 1;
            blank = true;
            continue;
        }
        blank = false;
        if (!quoted && c == delimiter)
            ++columns;
    }
    if (!blank && (isWhole || counts.empty()))
        counts.push_back(columns);
    return counts;
}

// How well the counts speak for a delimiter: the share of records that look like the most frequent
// shape, times its columns (up to 20, so that a text with many commas does not outweigh a clean
// table).
int score(const std::vector<int> &counts)
{
    std::map<int, int> frequency;
    for (const int columns : counts)
        ++frequency[columns];
    int best = 0;
    for (const auto &[columns, times] : frequency) {
        if (columns > 1)
            best = std::max(best, 100 * times / int(counts.size()) * std::min(columns, 20));
    }
    return best;
}

} // namespace

QChar detectDelimiter(QStringView sample, bool isWhole)
{
    // Excel's own hint on the first line.
    if (sample.startsWith(u"sep=") && sample.size() > 5
        && (sample[5] == u'\r' || sample[5] == u'\n'))
        return sample[4];
    QChar best = delimiters[0];
    int bestScore = 0;
    for (const QChar delimiter : delimiters) {
        const int points = score(columnCounts(sample, delimiter, isWhole));
        if (points > bestScore) {
            best = delimiter;
            bestScore = points;
        }
    }
    return best;
}

Result<CsvFormat> detectCsvFormat(QIODevice &device)
{
    const Result<QByteArray> encoding = detectEncoding(device);
    if (!encoding)
        return encoding.error();
    QStringDecoder decode(encoding->constData());
    const QByteArray head = device.peek(sampleBytes);
    const QString sample = decode(head);
    return CsvFormat{*encoding, detectDelimiter(sample, head.size() < sampleBytes)};
}

} // namespace keydesk
