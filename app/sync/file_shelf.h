#pragma once

#include "sync/replica.h"

namespace keydesk {

// Replica files in one directory, replica-<k>.db. They are caches, so a commit need not survive a
// power loss; nothing that a person typed is only here.
class FileShelf final : public ReplicaShelf
{
public:
    explicit FileShelf(QString directory)
        : m_directory(std::move(directory))
    {
    }

    Result<std::shared_ptr<Database>> open(int k) override;
    void remove(int k) override;
    QString pathOf(int k) const;

private:
    QString m_directory;
};

} // namespace keydesk
