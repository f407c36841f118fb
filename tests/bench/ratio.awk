# Prints the ratio of two figures' medians as a figure `name`; json.awk before it.
field("name") == over { above = field("p50") }
field("name") == under { below = field("p50") }
END {
    if (above > 0 && below > 0)
        printf "{\"name\":\"%s\",\"unit\":\"times\",\"count\":1,\"p50\":%.2f}\n", name, above / below
}
