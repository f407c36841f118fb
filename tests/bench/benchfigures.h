#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace eventloupe {

/// A value of /proc/self/status in MB: "VmRSS", "VmHWM"; 0 where there is no such file.
inline double memoryOf(const std::string& name)
{
    std::ifstream file("/proc/self/status");
    std::string line;
    while (std::getline(file, line)) {
        if (line.compare(0, name.size() + 1, name + ':') != 0)
            continue;
        double kilobytes = 0;
        std::istringstream(line.substr(name.size() + 1)) >> kilobytes;
        return kilobytes / 1024;
    }
    return 0;
}

/// Which values are the good ones: those of a time, or those of a rate.
enum class Better { Lower, Higher };

/// Prints a figure as one JSON object a line: its median, the value that 99 % are no worse than,
/// the worst, and the memory that the process took at most so far. Nothing where there is no value.
inline void report(const std::string& name, const char* unit, std::vector<double> values,
    Better better = Better::Lower)
{
    if (values.empty())
        return;
    std::sort(values.begin(), values.end());
    if (better == Better::Higher)
        std::reverse(values.begin(), values.end());
    const auto last = static_cast<double>(values.size() - 1);
    const double p50 = values[static_cast<std::size_t>(last / 2)];
    const double p99 = values[static_cast<std::size_t>(std::ceil(last * 0.99))];
    std::printf("{\"name\":\"%s\",\"unit\":\"%s\",\"count\":%zu,\"p50\":%.2f,\"p99\":%.2f,"
                "\"max\":%.2f,\"peak_mb\":%.0f}\n",
        name.c_str(), unit, values.size(), p50, p99, values.back(), memoryOf("VmHWM"));
    std::fflush(stdout);
}

} // namespace eventloupe
