#include "fuzz/fuzztarget.h"
#include "fuzz/storefile.h"

// A store of ours.

using namespace eventloupe;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    readStoreFile(viewOfInput(data, size));
    return 0;
}

QByteArrayList eventloupe::fuzzSeeds()
{
    const QByteArray seed = smallStore(6);
    require(smallStore(6) == seed, "the seed is another one each time");
    return { seed };
}
