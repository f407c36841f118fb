# Joins the same figures of several runs, one value a run, into one: median, p99, worst; json.awk
# before it. Of few runs the worst stands for the p99.
field("name") != "" {
    name = field("name")
    if (!(name in count))
        names[++figures] = name
    value[name, ++count[name]] = field("p50") + 0
    unit[name] = field("unit")
    if (field("peak_mb") + 0 > peak[name])
        peak[name] = field("peak_mb") + 0
}

END {
    for (i = 1; i <= figures; ++i) {
        name = names[i]
        n = count[name]
        for (j = 2; j <= n; ++j)
            for (k = j; k > 1 && value[name, k - 1] > value[name, k]; --k) {
                swapped = value[name, k]
                value[name, k] = value[name, k - 1]
                value[name, k - 1] = swapped
            }
        worst = unit[name] ~ /\/s$/ ? value[name, 1] : value[name, n]
        printf "{\"name\":\"%s\",\"unit\":\"%s\",\"count\":%d,\"p50\":%.2f,\"p99\":%.2f,", name, \
            unit[name], n, value[name, int((n + 1) / 2)], worst
        printf "\"max\":%.2f,\"peak_mb\":%.0f}\n", worst, peak[name]
    }
}
