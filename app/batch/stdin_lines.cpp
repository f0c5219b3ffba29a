#include "batch/stdin_lines.h"

#include <iostream>
#include <string>

namespace keydesk {

// A reader that has told of the end is still on its way out of Qt, which must not go first; one
// that waits for input cannot be waited for.
StdinLines::~StdinLines()
{
    if (m_isOver)
        m_reader.join();
    else if (m_reader.joinable())
        m_reader.detach();
}

void StdinLines::start()
{
    std::ios::sync_with_stdio(false); // a blocked reader must not hold what exit() needs
    // Nothing can wake a thread that waits for input, so it is left behind when the program ends.
    m_reader = std::thread([self = this] {
        std::string line;
        while (std::getline(std::cin, line)) {
            QMetaObject::invokeMethod(self, [self, bytes = QByteArray::fromStdString(line)] {
                Q_EMIT self->lineRead(bytes);
            });
        }
        QMetaObject::invokeMethod(self, [self] {
            self->m_isOver = true;
            Q_EMIT self->ended();
        });
    });
}

} // namespace keydesk
