#pragma once

#include "value/result.h"

#include <QString>

#include <cstdio>
#include <string_view>

namespace eventloupe::cli {

/// Reads a file, or standard input ("-"), line by line.
class Lines {
public:
    Lines() = default;
    ~Lines();
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;

    Result<void> open(const QString& name);
    /// The next line without its line end, valid until the next call; false at the end.
    bool next(std::string_view& line);
    /// Why reading ended, when it was not at the end.
    [[nodiscard]] Result<void> end() const;

private:
    QString m_name;
    std::FILE* m_file = nullptr;
    char* m_line = nullptr; ///< getline()'s own.
    std::size_t m_size = 0;
};

} // namespace eventloupe::cli
