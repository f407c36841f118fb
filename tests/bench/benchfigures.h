#pragma once

#include <QFile>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace eventloupe {

/// A value of /proc/self/status in MB: "VmRSS", "VmHWM".
inline double memoryOf(const char* name)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const auto lines = file.readAll().split('\n');
    for (const auto& line : lines)
        if (line.startsWith(name))
            return line.simplified().split(' ').value(1).toDouble() / 1024;
    return 0;
}

/// Prints a figure as one JSON object a line: its median, the value that 99 % do not exceed, the
/// highest, and the memory that the process took at most so far.
inline void report(const char* name, const char* unit, std::vector<double> values)
{
    if (values.empty())
        return;
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
        return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
    };
    std::printf("{\"name\":\"%s\",\"unit\":\"%s\",\"count\":%zu,\"p50\":%.2f,\"p99\":%.2f,"
                "\"max\":%.2f,\"peak_mb\":%.0f}\n",
        name, unit, values.size(), at(0.5), at(0.99), values.back(), memoryOf("VmHWM"));
    std::fflush(stdout);
}

} // namespace eventloupe
