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
    static constexpr qint64 maximumBytes = 4LL * 1024 * 1024 * 1024;
    /// maximumBytes, or a quarter of what is free where the file lies, if that is less.
    [[nodiscard]] static qint64 usualBound();
    /// InputOutput where no such file can be made.
    static Result<std::unique_ptr<ScratchFile>> create(qint64 bound = usualBound());

    /// So many bytes, zeros, aligned as a page is; nullptr where the device is full, or the file
    /// would be larger than its bound. Whole pages are taken for it: ask for much at once.
    [[nodiscard]] char* allocate(qint64 bytes);
    [[nodiscard]] qint64 size() const { return m_size; }
    [[nodiscard]] qint64 bound() const { return m_bound; } ///< In bytes.
    /// Whether something was not given because of the bound.
    [[nodiscard]] bool isAtBound() const { return m_isAtBound; }

private:
    explicit ScratchFile(qint64 bound)
        : m_bound(bound)
    {
    }

    QTemporaryFile m_file;
    const qint64 m_bound;
    qint64 m_size = 0;
    bool m_isAtBound = false;
};

} // namespace eventloupe
