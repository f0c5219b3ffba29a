#pragma once

#include <QObject>

#include <thread>

namespace keydesk {

// The lines of standard input as they come, read on a thread of their own so that pipes, files and
// terminals are all the same. Knows nothing of what a line means.
class StdinLines final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~StdinLines() override;

    /// Starts to read; lineRead() and, once, ended() arrive on this object's thread.
    void start();

Q_SIGNALS:
    void lineRead(const QByteArray &line);
    void ended();

private:
    std::thread m_reader;
    bool m_isOver = false; // the reader has said so; known on this object's thread
};

} // namespace keydesk
