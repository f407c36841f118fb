#include "fuzz/fuzztarget.h"

#include "foreign/storeprofile.h"

// A store profile: what is accepted is written so that it is read back as the same.

using namespace eventloupe;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = QByteArray::fromRawData(
        reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const auto profile = StoreProfile::fromJson(text, QStringLiteral("p.json"));
    if (!profile) {
        require(!profile.error().message.isEmpty(), "a failure says nothing");
        return 0;
    }
    const QByteArray written = profile->toJson();
    const auto again = StoreProfile::fromJson(written, QStringLiteral("p.json"));
    const QByteArray reason = again
        ? QByteArray()
        : "what is written cannot be read: " + again.error().message.toUtf8();
    require(again.ok(), reason.constData());
    require(again->toJson() == written, "what is written is not what was read");
    return 0;
}

QByteArrayList eventloupe::fuzzSeeds()
{
    return ownFiles(QStringLiteral("resources/stores"), QStringLiteral("*.json"));
}
