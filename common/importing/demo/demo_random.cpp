#include "importing/demo/demo_random.h"

namespace keydesk {

quint64 DemoRandom::next()
{
    m_state += 0x9e3779b97f4a7c15ull;
    quint64 z = m_state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
}

int DemoRandom::between(int low, int high)
{
    Q_ASSERT(low <= high);
    return low + int(next() % quint64(high - low + 1));
}

} // namespace keydesk
