#pragma once

#include <QByteArray>

#include <string_view>

namespace eventloupe {

/// Opens the bytes of an SQLite file as a store of ours or of another library and reads it in every
/// way: reading ends, nothing is thrown, and the file stays as it was.
void readStoreFile(std::string_view bytes);

/// The file of a store with some events, once it is closed: the same bytes each time. Pages of 512
/// bytes make it a tenth as large: a search hits what matters, and is not cut.
[[nodiscard]] QByteArray smallStore(int events);

} // namespace eventloupe
