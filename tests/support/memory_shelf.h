#pragma once

#include "sync/replica.h"

#include <map>

namespace keydesk::test {

// Replica files in memory that survive the Replica which opened them, as files on a disk do.
class MemoryShelf final : public ReplicaShelf
{
public:
    Result<std::shared_ptr<Database>> open(int k) override
    {
        auto &file = m_files[k];
        if (!file)
            file = Database::openInMemory();
        return file;
    }
    void remove(int k) override { m_files.erase(k); }

private:
    std::map<int, std::shared_ptr<Database>> m_files;
};

} // namespace keydesk::test
