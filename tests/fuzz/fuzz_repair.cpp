#include "fuzz/fuzztarget.h"
#include "fuzz/storefile.h"

#include "store/openstore.h"
#include "store/repairstore.h"

#include <QDir>
#include <QFile>

// A damaged store of ours is repaired: what comes out is a whole log without a fault, nothing else
// is left in the folder, and the damaged file stays as it was.

using namespace eventloupe;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    require(file.open(QIODevice::ReadOnly), "the file is gone");
    return file.readAll();
}

void checkRepaired(const QString& path, const RepairSummary& summary)
{
    const auto store = openStore(path, OpenMode::ReadOnly);
    require(store.ok(), "what was repaired cannot be opened");
    const auto head = (*store)->head();
    require(head && *head == summary.copied, "what was repaired is not what was copied");
    const auto verified = (*store)->verify({}, {}, [](const StoreFault& fault) {
        require(false, qPrintable(fault.message));
    });
    require(verified.ok(), "what was repaired cannot be verified");
}

void repair(const QString& path, const QString& target)
{
    const auto damaged = openStore(path, OpenMode::ReadOnly);
    if (!damaged || !canRepair(**damaged))
        return;
    qint64 told = 0;
    const auto repaired
        = repairStore(**damaged, target, {}, {}, [&told](const RepairNote& note) {
              require(note.kind != RepairNote::Kind::LeftOut || !note.reason.isEmpty(),
                  "what is left out has no reason");
              if (note.kind == RepairNote::Kind::LeftOut)
                  told += note.last - note.position + 1;
          });
    require(repaired.ok() || !repaired.error().message.isEmpty(), "a failure says nothing");
    require(repaired.ok() == QFile::exists(target), "a failed repair leaves a store");
    if (!repaired)
        return;
    require(told == repaired->leftOut + repaired->strayRecords,
        "events are left out and not told of");
    checkRepaired(target, *repaired);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto bytes = viewOfInput(data, size);
    const QString path = writeFuzzFile(QStringLiteral("damaged.eventlog"), bytes);
    const QString target = fuzzFolder() + QStringLiteral("/repaired.eventlog");
    repair(path, target);
    require(contentOf(path) == QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())),
        "the damaged file was changed");
    QDir folder(fuzzFolder());
    for (const QString& name : folder.entryList(QDir::Files | QDir::Hidden)) {
        const bool isKnown = name.startsWith(QLatin1String("damaged.eventlog"))
            || name.startsWith(QLatin1String("repaired.eventlog"))
            || name.startsWith(QLatin1String("seed.eventlog"));
        require(isKnown && !name.endsWith(QLatin1String(".mend"))
                && !name.endsWith(QLatin1String(".new")),
            "a repair leaves a file");
        if (name.startsWith(QLatin1String("repaired.eventlog")))
            folder.remove(name);
    }
    return 0;
}

QByteArrayList eventloupe::fuzzSeeds()
{
    return { smallStore(60) };
}
