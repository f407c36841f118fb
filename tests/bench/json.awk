# A member of a benchmark's JSON object: its text without quotes, "" where there is none.
function field(name,    text) {
    if (!match($0, "\"" name "\":(\"[^\"]*\"|[-+.0-9eE]+)"))
        return ""
    text = substr($0, RSTART, RLENGTH)
    text = substr(text, index(text, ":") + 1)
    gsub(/"/, "", text)
    return text
}
