#pragma once

#include "support/shim/fault_control.h"

#include <QFile>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <cerrno>
#include <cstring>
#include <limits>

namespace keydesk {

// Faults for a program that a test starts with environment(): from then on they come and go as the
// test says, while the program runs. One per program.
class FaultShim
{
public:
    using Call = shim::FaultControl;

    FaultShim()
        : m_file(m_directory.filePath(QStringLiteral("faults")))
    {
        if (m_file.open(QFile::ReadWrite) && m_file.resize(sizeof(shim::FaultControl)))
            m_control = reinterpret_cast<shim::FaultControl *>(
                m_file.map(0, sizeof(shim::FaultControl)));
        Q_ASSERT(m_control);
    }
    FaultShim(const FaultShim &) = delete;
    FaultShim &operator=(const FaultShim &) = delete;

    QProcessEnvironment environment() const
    {
        QProcessEnvironment set = QProcessEnvironment::systemEnvironment();
        set.insert(QStringLiteral("LD_PRELOAD"), QStringLiteral(FAULT_SHIM));
        set.insert(QString::fromLatin1(shim::FaultControl::variable), m_file.fileName());
        return set;
    }
    /// From the n-th of these calls on files whose path holds `part`, counted from now: fails with
    /// `error`, once or for ever.
    void fail(int calls, int error, const QByteArray &part, qint64 n = 1, bool once = false)
    {
        m_control->error = error;
        arm(calls, shim::FaultControl::Fail, part, n, once);
    }
    /// At the n-th of these calls the program dies; before it, or half way through a write.
    void killAt(qint64 n, int calls, const QByteArray &part, bool halfWritten = false)
    {
        arm(calls, halfWritten ? shim::FaultControl::Tear : shim::FaultControl::Kill, part, n,
            true);
    }
    /// Files whose path holds `part` do not grow: ENOSPC.
    void fill(const QByteArray &part)
    {
        aim(part);
        m_control->struck = 0;
        m_control->full = 1;
    }
    /// Everything works again. The clock stays as it is.
    void heal()
    {
        m_control->full = 0;
        m_control->deed = shim::FaultControl::Nothing;
    }
    /// The program's wall clock is so far from the real one, in ms.
    void shiftClock(qint64 milliseconds) { m_control->clockOffset = milliseconds; }

    /// On the program's steady clock so much more time has passed, in ms. What sleeps sleeps on.
    void passTime(qint64 milliseconds) { m_control->steadyOffset += milliseconds; }
    /// Whoever writes these bytes into a file whose path holds `part` dies of it.
    void poison(const QByteArray &bytes, const QByteArray &part)
    {
        aim(part);
        std::strncpy(m_control->poison, bytes.constData(), sizeof m_control->poison - 1);
    }

    /// Calls that matched since the last fail() or killAt(), and those that went wrong.
    qint64 seen() const { return m_control->seen; }
    qint64 struck() const { return m_control->struck; }

private:
    void aim(const QByteArray &part)
    {
        std::strncpy(m_control->path, part.constData(), sizeof m_control->path - 1);
    }
    void arm(int calls, shim::FaultControl::Deed deed, const QByteArray &part, qint64 n, bool once)
    {
        heal();
        aim(part);
        m_control->calls = calls;
        m_control->first = n;
        m_control->last = once ? n : std::numeric_limits<qint64>::max();
        m_control->seen = 0;
        m_control->struck = 0;
        m_control->deed = deed;
    }

    QTemporaryDir m_directory;
    QFile m_file;
    shim::FaultControl *m_control = nullptr;
};

} // namespace keydesk
