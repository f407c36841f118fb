#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <string_view>

/// One run of a target, by libFuzzer's convention (llvm.org/docs/LibFuzzer.html). Each target is
/// one source file that defines this and fuzzSeeds(); a fault ends the process.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

/// Which of the targets of one source file this is: the name of a format, or of an encoding.
extern const char* const fuzzVariant;

namespace eventloupe {

/// What the target's search begins with: a few of our own, and the shared suites where they are.
[[nodiscard]] QByteArrayList fuzzSeeds();

/// Ends the process with `what` unless it holds: the finding of a target.
void require(bool holds, const char* what);

inline std::string_view viewOfInput(const std::uint8_t* data, std::size_t size)
{
    return { reinterpret_cast<const char*>(data), size };
}

/// The content of the files below a folder of ../shared whose names match; none where it is absent.
[[nodiscard]] QByteArrayList sharedFiles(const QString& folder, const QString& pattern);
/// The same of a folder of the project's own.
[[nodiscard]] QByteArrayList ownFiles(const QString& folder, const QString& pattern);

/// A folder in memory that goes away with the process, for what is read from files only.
[[nodiscard]] const QString& fuzzFolder();
/// Writes a file there; gives its path.
QString writeFuzzFile(const QString& name, std::string_view bytes);

} // namespace eventloupe
