#include "support/walframes.h"

#include <QtEndian>

#include <map>

namespace eventloupe {

namespace {

constexpr qsizetype headerSize = 32;
constexpr qsizetype frameHeaderSize = 24;

} // namespace

std::vector<WalFrame> walFrames(const QByteArray& wal)
{
    std::vector<WalFrame> frames;
    const QByteArray salt = wal.mid(16, 8);
    for (qsizetype at = headerSize; at + frameHeaderSize + storePageSize <= wal.size();
         at += frameHeaderSize + storePageSize) {
        if (wal.mid(at + 8, 8) != salt)
            break;
        frames.push_back({ qFromBigEndian<quint32>(wal.constData() + at),
            qFromBigEndian<quint32>(wal.constData() + at + 4), at + frameHeaderSize });
    }
    return frames;
}

void checkpointInPart(QByteArray& file, const QByteArray& wal, qsizetype pages)
{
    std::map<qint64, qsizetype> newest;
    for (const WalFrame& frame : walFrames(wal))
        newest[frame.page] = frame.at;
    for (const auto& [page, at] : newest) {
        if (pages-- <= 0)
            return;
        const qint64 end = page * storePageSize;
        if (file.size() < end)
            file.append(end - file.size(), '\0');
        file.replace(end - storePageSize, storePageSize, wal.mid(at, storePageSize));
    }
}

} // namespace eventloupe
