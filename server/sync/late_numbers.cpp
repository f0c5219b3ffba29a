#include "sync/late_numbers.h"

#include "base/fault.h"

namespace keydesk {

#ifdef KEYDESK_FAULTS
namespace {

std::vector<std::pair<QString, qint64>> &lateNumbers()
{
    static std::vector<std::pair<QString, qint64>> numbers;
    return numbers;
}

} // namespace
#endif

bool isWrittenLate([[maybe_unused]] const QString &device, [[maybe_unused]] qint64 n)
{
#ifdef KEYDESK_FAULTS
    if (fault::planted(fault::NumberLate)) {
        lateNumbers().emplace_back(device, n);
        return true;
    }
#endif
    return false;
}

void writeLateNumbers([[maybe_unused]] Database &database)
{
#ifdef KEYDESK_FAULTS
    const auto numbers = std::exchange(lateNumbers(), {});
    for (const auto &[device, n] : numbers) {
        fault::yieldPoint("server: committed, number not written");
        (void)database.query("UPDATE device SET last_n=max(last_n, ?) WHERE id=?")
            .bind(1, n)
            .bind(2, device)
            .run();
    }
#endif
}

} // namespace keydesk
