#include "corpus.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace keydesk::fuzz {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostKeptBytes = 2048;

QString corpusFile(const Target &target)
{
    return QStringLiteral(SOURCE_DIR) + u"/tests/fuzz/corpus/"_s + QLatin1StringView(target.name)
        + u".txt"_s;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll();
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
}

// A dictionary's line: what is not a plain letter in hexadecimal.
QByteArray dictionaryLine(const QByteArray &word)
{
    QByteArray line = "\"";
    for (const char letter : word) {
        const bool plain = letter >= ' ' && letter <= '~' && letter != '"' && letter != '\\';
        line += plain ? QByteArray(1, letter) : "\\x" + QByteArray(1, letter).toHex();
    }
    return line + "\"\n";
}

} // namespace

void unpackCorpus(const Target &target, const QString &folder)
{
    if (!QDir().mkpath(folder))
        qFatal("cannot make %s", qPrintable(folder));
    std::vector<QByteArray> inputs = target.seeds;
    if (QFile::exists(corpusFile(target))) {
        const QByteArrayList lines = contentOf(corpusFile(target)).split('\n');
        for (const QByteArray &line : lines)
            inputs.push_back(QByteArray::fromBase64(line));
    }
    for (std::size_t i = 0; i < inputs.size(); ++i)
        write(u"%1/%2"_s.arg(folder).arg(qint64(i), 4, 10, QChar(u'0')), inputs[i]);
    QByteArray words;
    for (const QByteArray &word : target.words)
        words += dictionaryLine(word);
    write(folder + u".dict"_s, words);
}

void packCorpus(const Target &target, const QString &folder)
{
    QByteArrayList lines;
    const QStringList names = QDir(folder).entryList(QDir::Files);
    for (const QString &name : names) {
        const QByteArray input = contentOf(folder + u'/' + name);
        if (!input.isEmpty() && input.size() <= mostKeptBytes)
            lines.append(input.toBase64());
    }
    std::sort(lines.begin(), lines.end());
    if (!QDir().mkpath(QFileInfo(corpusFile(target)).path()))
        qFatal("cannot make the folder of %s", qPrintable(corpusFile(target)));
    write(corpusFile(target), lines.join('\n') + '\n');
}

} // namespace keydesk::fuzz
