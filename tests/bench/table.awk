# Reads the benchmarks' JSON objects, one a line, and prints them as a table; json.awk before it.

function shown(text) {
    if (text == "")
        return "-"
    return sprintf(text + 0 >= 1000 || text == int(text) ? "%.0f" : "%.2f", text)
}

BEGIN {
    layout = "%-40s %12s %12s %12s %-10s %8s\n"
    printf layout, "figure", "median", "p99", "worst", "unit", "peak MB"
}

field("name") != "" {
    printf layout, field("name"), shown(field("p50")), shown(field("p99")), shown(field("max")), \
        field("unit"), shown(field("peak_mb"))
}
