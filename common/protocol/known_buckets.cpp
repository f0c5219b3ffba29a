#include "protocol/known_buckets.h"

#include "base/content_hash.h"

namespace keydesk {

quint64 hashOfKnown(const std::vector<KnownBucket> &known)
{
    quint64 hash = 1;
    for (const KnownBucket &bucket : known)
        hash = hash * 31 + membershipHash(bucket.bucket, {}, bucket.profile);
    return hash ? hash : 1;
}

} // namespace keydesk
