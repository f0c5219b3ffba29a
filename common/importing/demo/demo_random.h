#pragma once

#include <QtGlobal>

#include <vector>

namespace keydesk {

// Numbers for the demo data: the same seed gives the same numbers with every compiler and library,
// which the distributions of the standard library do not promise. Never for secrets.
class DemoRandom
{
public:
    explicit DemoRandom(quint64 seed)
        : m_state(seed)
    {
    }

    /// The next 64 bits (splitmix64).
    quint64 next();
    /// Uniform in [low, high], both included.
    int between(int low, int high);
    /// True in `percent` of 100 cases.
    bool chance(int percent) { return between(1, 100) <= percent; }
    /// Uniform in [0, 1).
    double fraction() { return double(next() >> 11) * 0x1.0p-53; }

    template <class T>
    const T &pick(const std::vector<T> &items)
    {
        Q_ASSERT(!items.empty());
        return items[std::size_t(between(0, int(items.size()) - 1))];
    }

private:
    quint64 m_state;
};

} // namespace keydesk
