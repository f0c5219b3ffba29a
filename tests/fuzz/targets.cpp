#include "fuzz_target.h"

#include "domain/entities.h"
#include "importing/csv_reader.h"
#include "importing/import_map.h"
#include "protocol/framing.h"
#include "protocol/messages.h"
#include "schema/catalog.h"

#include <QBuffer>
#include <QJsonDocument>
#include <QJsonObject>

namespace keydesk::fuzz {

using namespace Qt::StringLiterals;

namespace {

// In pieces of a size that the first byte gives, as a network would.
void readFrames(const QByteArray &bytes)
{
    const qsizetype piece = bytes.isEmpty() ? 1 : 1 + (quint8(bytes[0]) % 31);
    const bool early = !bytes.isEmpty() && (quint8(bytes[0]) & 0x80) != 0;
    const qsizetype most = early ? framePayloadBeforeLogin : framePayloadMaximum;
    FrameDecoder decoder(early ? FrameDecoder::Preface::Expected : FrameDecoder::Preface::None,
                         most);
    QByteArray fed;
    QByteArray came;
    for (qsizetype at = 1; at < bytes.size(); at += piece) {
        const QByteArray part = bytes.mid(at, piece);
        decoder.feed(part);
        fed += part;
        for (;;) {
            const auto next = decoder.next();
            if (!next)
                return;
            if (!*next)
                break;
            if ((*next)->isEmpty() || (*next)->size() > most)
                qFatal("a frame of %lld bytes", qint64((*next)->size()));
            came += encodeFrame(**next);
        }
        if (decoder.buffered() > fed.size())
            qFatal("more is held than was fed");
    }
    const qsizetype preface = early ? framingPrefaceSize : 0;
    if (!came.isEmpty() && !fed.mid(preface).startsWith(came))
        qFatal("frames are not what was fed");
}

// What can be read can be written, and reads the same again.
void readMessage(const QByteArray &bytes)
{
    const auto message = decodeMessage(bytes);
    if (!message)
        return;
    const QByteArray written = encodeMessage(*message);
    const auto again = decodeMessage(written);
    if (!again || again->index() != message->index())
        qFatal("a message does not read again");
    if (encodeMessage(*again) != written)
        qFatal("a message reads differently again");
}

void readCsv(const QByteArray &bytes)
{
    QBuffer device;
    device.setData(bytes);
    if (!device.open(QIODevice::ReadOnly))
        qFatal("no buffer");
    const auto format = detectCsvFormat(device);
    if (!format)
        return;
    CsvReader reader(device, *format);
    qint64 line = 0;
    for (;;) {
        const auto more = reader.next();
        if (!more || !*more)
            return;
        if (reader.row().line <= line)
            qFatal("line %lld after %lld", reader.row().line, line);
        line = reader.row().line;
    }
}

template <class M>
QByteArray seedOf(const M &message)
{
    return encodeMessage(message);
}

} // namespace

Target frames()
{
    const QByteArray hello = encodeFrame(encodeMessage(Ping{}));
    return {"frames",
            readFrames,
            {QByteArray("\x05") + hello + hello, QByteArray("\x81") + framingPreface + hello,
             QByteArray("\x00\x00\x00\x00\x00", 5)},
            {"KDK1", QByteArray("\x00\x04\x10\x00", 4), QByteArray("\xff\xff\xff\xff", 4)}};
}

Target messages()
{
    Hello hello;
    hello.deviceId = u"device"_s;
    hello.epoch = u"epoch"_s;
    Cmd command{7, RecordId::derive(RecordId(), 1), u"MoveStage"_s, 1, "\xa1\x61x\x01", {12}};
    Pull pull;
    pull.known = {{u"ref"_s, 2}, {u"acct:1"_s, 1}};
    Page page;
    page.items = "\x80";
    page.sums = {{u"ref"_s, 3, 4}};
    OnlineQuery query;
    query.entity = u"account"_s;
    query.where = {{u"name"_s, u"contains"_s, Cell(u"银行"_s)}, {u"employees"_s, u">"_s, Cell(5)}};
    OnlineReply reply;
    reply.rows = {{Cell(1), Cell(u"x"_s), Cell()}};
    Columns columns;
    columns.entities = {{u"account"_s, {u"id"_s, u"name"_s}}};
    return {"messages",
            readMessage,
            {seedOf(hello), seedOf(command), seedOf(pull), seedOf(page), seedOf(query),
             seedOf(reply), seedOf(columns), seedOf(Enrol{u"CODE"_s, "key", u"os"_s}),
             seedOf(Auth{u"u"_s, u"p"_s, {}, {}, "s"}), seedOf(Welcome()), seedOf(Challenge()),
             seedOf(CmdResult{3, 1, u"reason"_s, {u"a"_s}, 9}), seedOf(Wipe{})},
            {QByteArray("\x9b\xff\xff\xff\xff\xff\xff\xff\xff", 9),
             QByteArray("\x7b\x00\x00\x00\x00\x7f\xff\xff\xff", 9), QByteArray("\xf9\x7e\x00", 3),
             QByteArray("\xa1\x01\x01", 3), QByteArray("\x5f\x41\x61\xff", 4), "account"}};
}

Target csv()
{
    return {"csv",
            readCsv,
            {"a,b\r\n1,2\r\n\"x \"\"y\"\"\n\",3\r\n", "sep=;\nn;m\n1;2\n",
             "\xef\xbb\xbfk\tv\n1\t2\n",
             "\xbf\xcd\xbb\xa7\xc3\xfb,\xb5\xe7\xbb\xb0\n\xd4\xc6\xc4\xcf,138\n", "'=1,+2\n",
             QByteArray("\xff\xfe\x61\x00\x2c\x00\x62\x00\x0a\x00", 10)},
            {"\"", "\"\"", "\r\n", "sep=", "\xef\xbb\xbf", "\x81\x30\x81\x30", "客户"}};
}

Target maps()
{
    const auto run = [catalog = makeCatalog()](const QByteArray &bytes) {
        const qsizetype middle = bytes.indexOf('\n');
        const QStringList headers = QString::fromUtf8(bytes.first(std::max<qsizetype>(middle, 0)))
                                        .split(u',');
        const auto document = QJsonDocument::fromJson(bytes.mid(middle + 1));
        const QStringList names = importKindNames();
        for (const QString &name : names) {
            const ImportKind *kind = findImportKind(name);
            const EntityInfo &entity = catalog.entity(QString::fromLatin1(kind->entity));
            (void)readImportMap(*kind, entity, headers, document.object());
            (void)matchHeaders(*kind, entity, headers);
        }
    };
    return {
        "maps",
        run,
        {"编码,名称\n{\"columns\":{\"编码\":\"group_code\",\"名称\":\"name\"}}",
         "a,b,c\n{\"columns\":{\"a\":[\"name\",\"short_name\"],\"b\":null},\"key\":[\"name\"],"
         "\"defaults\":{\"status\":\"active\"},\"values\":{\"c\":{\"x\":\"y\"}},\"units\":{\"c\":"
         "\"万元\"}}",
         "code,name\n{}", "x\n[1,2"},
        {"\"columns\":", "\"key\":", "\"defaults\":", "\"values\":", "\"units\":", "null", "{}",
         "[]", "group_code", "\"name\"", "工号", "1e999", "\\ud800"}};
}

} // namespace keydesk::fuzz
