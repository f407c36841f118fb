#pragma once

#include <string_view>

namespace eventloupe {

/// Opens the bytes of an SQLite file as a store of ours or of another library and reads it in every
/// way: reading ends, nothing is thrown, and the file stays as it was.
void readStoreFile(std::string_view bytes);

} // namespace eventloupe
