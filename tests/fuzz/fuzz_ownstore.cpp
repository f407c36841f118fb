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
    return { smallStore(6) };
}
