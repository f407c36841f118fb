#pragma once

#include <QByteArray>

#include <vector>

namespace eventloupe {

/// A page of a store as its -wal file holds it.
struct WalFrame {
    qint64 page = 0; ///< From 1.
    qint64 pagesAfter = 0; ///< Of the whole store, where the frame commits; else 0.
    qsizetype at = 0; ///< Where the page's content begins.
};

constexpr qint64 storePageSize = 8192;

/// Those of the last salt that are whole; check sums are not looked at.
[[nodiscard]] std::vector<WalFrame> walFrames(const QByteArray& wal);

/// Moves pages from a log to its file as a checkpoint does that is broken off after so many: the
/// newest of each, in their order, page 1 first. What is skipped stays a hole of zeros.
void checkpointInPart(QByteArray& file, const QByteArray& wal, qsizetype pages);

} // namespace eventloupe
