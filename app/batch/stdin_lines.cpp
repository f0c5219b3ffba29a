#include "batch/stdin_lines.h"

#include <iostream>
#include <string>

namespace keydesk {

void StdinLines::start()
{
    std::ios::sync_with_stdio(false); // a blocked reader must not hold what exit() needs
    // Nothing can wake a thread that waits for input, so it is left behind when the program ends.
    std::thread([self = this] {
        std::string line;
        while (std::getline(std::cin, line)) {
            QMetaObject::invokeMethod(self, [self, bytes = QByteArray::fromStdString(line)] {
                Q_EMIT self->lineRead(bytes);
            });
        }
        QMetaObject::invokeMethod(self, [self] { Q_EMIT self->ended(); });
    }).detach();
}

} // namespace keydesk
