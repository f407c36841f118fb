#pragma once

#include "value/result.h"

#include <QTemporaryFile>

#include <memory>

namespace eventloupe {

/// Memory that the system may write to a file without a name (mode 0600, gone with the process)
/// when it needs room for other things. What was handed out stays where it is until this goes.
/// Handing out is for one thread; what was written is for any.
class ScratchFile {
public:
    /// InputOutput where no such file can be made.
    static Result<std::unique_ptr<ScratchFile>> create();

    /// So many bytes, zeros, aligned as a page is; nullptr where the device is full. Whole pages
    /// are taken for it: ask for much at once.
    [[nodiscard]] char* allocate(qint64 bytes);
    [[nodiscard]] qint64 size() const { return m_size; }

private:
    ScratchFile() = default;

    QTemporaryFile m_file;
    qint64 m_size = 0;
};

} // namespace eventloupe
