#include "protocol/auth_transcript.h"
#include "protocol/framing.h"

#include <QTest>

#include <random>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// Everything a decoder has to say about the bytes it holds.
QByteArrayList drain(FrameDecoder &decoder, bool *failed = nullptr)
{
    QByteArrayList payloads;
    for (;;) {
        auto next = decoder.next();
        if (failed)
            *failed = !next;
        if (!next || !*next)
            return payloads;
        payloads.append(**next);
    }
}

FrameDecoder plainDecoder(qsizetype cap = framePayloadMaximum)
{
    return FrameDecoder(FrameDecoder::Preface::None, cap);
}

} // namespace

class TestFraming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lengthIsFourBytesBigEndian()
    {
        QCOMPARE(encodeFrame("abc"), QByteArray("\0\0\0\3abc", 7));
    }

    void framesSurviveAnyCutOfTheStream()
    {
        const QByteArrayList sent{"a", QByteArray(70'000, 'b'), "ccc", QByteArray(300, '\0')};
        QByteArray stream(framingPreface);
        for (const QByteArray &payload : sent)
            stream += encodeFrame(payload);
        for (const qsizetype piece : {1, 2, 3, 5, 4096, 65'536, 1'000'000}) {
            FrameDecoder decoder(FrameDecoder::Preface::Expected, framePayloadMaximum);
            QByteArrayList received;
            for (qsizetype at = 0; at < stream.size(); at += piece) {
                decoder.feed(QByteArrayView(stream).sliced(at, qMin(piece, stream.size() - at)));
                received += drain(decoder);
            }
            QCOMPARE(received, sent);
            QCOMPARE(decoder.buffered(), 0);
        }
    }

    void halfAFrameIsNotHandedOut()
    {
        auto decoder = plainDecoder();
        decoder.feed(encodeFrame("hello").chopped(1));
        QVERIFY(drain(decoder).isEmpty());
        decoder.feed("o");
        QCOMPARE(drain(decoder), QByteArrayList{"hello"});
    }

    void wrongPrefaceIsRefusedAtItsFirstWrongByte()
    {
        FrameDecoder decoder(FrameDecoder::Preface::Expected, framePayloadMaximum);
        decoder.feed("G");
        const auto next = decoder.next();
        QVERIFY(!next);
        QCOMPARE(next.error().key(), u"protocol.malformed"_s);
    }

    void badLengthIsRefused_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("zero") << QByteArray("\0\0\0\0", 4);
        QTest::newRow("one above the cap") << QByteArray("\0\0\x10\1", 4);
        QTest::newRow("4 GiB") << QByteArray("\xff\xff\xff\xff", 4);
        QTest::newRow("2 GiB") << QByteArray("\x80\0\0\0", 4);
    }
    void badLengthIsRefused()
    {
        QFETCH(QByteArray, header);
        auto decoder = plainDecoder(framePayloadBeforeLogin);
        decoder.feed(header);
        const auto next = decoder.next();
        QVERIFY(!next);
        QCOMPARE(next.error().key(), u"protocol.malformed"_s);
        QCOMPARE(decoder.buffered(), 0);
    }

    void decoderStaysInErrorAndKeepsNothing()
    {
        auto decoder = plainDecoder();
        decoder.feed(QByteArray(4, '\0'));
        QVERIFY(!decoder.next());
        decoder.feed(encodeFrame("late"));
        QVERIFY(!decoder.next());
        QCOMPARE(decoder.buffered(), 0);
    }

    void raisedCapHoldsForFramesAlreadyBuffered()
    {
        auto decoder = plainDecoder(framePayloadBeforeLogin);
        const QByteArray large(framePayloadBeforeLogin + 1, 'x');
        decoder.feed(encodeFrame("login") + encodeFrame(large));
        QCOMPARE(**decoder.next(), QByteArray("login"));
        decoder.setMaximumPayload(framePayloadMaximum);
        QCOMPARE(drain(decoder), QByteArrayList{large});
    }

    void frameOfExactlyTheCapPasses()
    {
        auto decoder = plainDecoder(framePayloadBeforeLogin);
        decoder.feed(encodeFrame(QByteArray(framePayloadBeforeLogin, 'x')));
        QCOMPARE(drain(decoder).size(), 1);
    }

    void randomBytesNeverBreakTheDecoder()
    {
        const quint32 seed = 20'260'801;
        std::mt19937 random(seed);
        for (int run = 0; run < 20'000; ++run) {
            FrameDecoder decoder(run % 2 ? FrameDecoder::Preface::Expected
                                         : FrameDecoder::Preface::None,
                                 64);
            qsizetype fed = 0;
            bool failed = false;
            for (int piece = 0; piece < 8 && !failed; ++piece) {
                QByteArray bytes(qsizetype(random() % 40), Qt::Uninitialized);
                // Mostly zeros, so that small lengths and whole frames occur too.
                for (char &c : bytes)
                    c = random() % 3 ? '\0' : char(random());
                if (piece == 0 && run % 2)
                    bytes.prepend(framingPreface);
                decoder.feed(bytes);
                fed += bytes.size();
                for (const QByteArray &payload : drain(decoder, &failed))
                    QVERIFY2(!payload.isEmpty() && payload.size() <= 64,
                             qPrintable(u"seed %1 run %2"_s.arg(seed).arg(run)));
                QVERIFY(decoder.buffered() <= fed);
            }
        }
    }

    void signedBytesAreFixedForEver()
    {
        const AuthTranscript transcript{QByteArray(32, 'n'), QByteArray(32, 'c'), u"dev"_s,
                                        u"座"_s};
        QCOMPARE(transcript.bytes(),
                 "keydesk-auth-v1" + QByteArray("\0\0\0\x20", 4) + QByteArray(32, 'n')
                     + QByteArray("\0\0\0\x20", 4) + QByteArray(32, 'c')
                     + QByteArray("\0\0\0\3dev\0\0\0\3", 11) + "\xe5\xba\xa7");
    }

    void noTwoTranscriptsShareTheirBytes()
    {
        const AuthTranscript one{"n", "c", u"ab"_s, u"c"_s};
        const AuthTranscript two{"n", "c", u"a"_s, u"bc"_s};
        QVERIFY(one.bytes() != two.bytes());
    }
};

QTEST_GUILESS_MAIN(TestFraming)
#include "tst_framing.moc"
