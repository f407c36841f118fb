#include "ui/window/windowreport.h"

#include "ui/window/session.h"

#include <QGuiApplication>
#include <QScreen>
#include <QStyle>
#include <QWidget>

namespace eventloupe {

namespace {

JsonValue integer(qint64 value)
{
    return JsonValue::fromInt(value);
}

JsonValue milliseconds(double value)
{
    return JsonValue::fromDouble(static_cast<double>(static_cast<qint64>(value * 100)) / 100);
}

JsonValue figuresOf(const Diagnostics::Checkpoints& kept)
{
    auto figures = JsonValue::emptyObject();
    figures.insert("count", integer(kept.count));
    figures.insert("bytes", integer(kept.bytes));
    return figures;
}

JsonValue settingsOf(const Session& session, const QWidget& window)
{
    auto settings = JsonValue::emptyObject();
    // These are the program's own words; what else a session keeps is of a store.
    for (const char* key : { "theme", "speed" })
        settings.insert(key, JsonValue::fromString(session.text(QLatin1String(key))));
    settings.insert("platform", JsonValue::fromString(QGuiApplication::platformName()));
    settings.insert("style", JsonValue::fromString(window.style()->objectName()));
    settings.insert("scale", JsonValue::fromDouble(window.devicePixelRatioF()));
    settings.insert("width", integer(window.width()));
    settings.insert("height", integer(window.height()));
    settings.insert("screens", integer(QGuiApplication::screens().size()));
    return settings;
}

} // namespace

JsonValue windowFigures(const Diagnostics& now, const Session& session, const QWidget& window)
{
    auto figures = JsonValue::emptyObject();
    figures.insert("settings", settingsOf(session, window));
    figures.insert("events", integer(now.events));
    figures.insert("position", integer(now.position));
    figures.insert("streams_there", integer(now.streams));
    figures.insert("log_pages", integer(now.logPages));
    figures.insert("log_page_bytes", integer(now.logPageBytes));
    figures.insert("state_checkpoints", figuresOf(now.states));
    figures.insert("headline_checkpoints", figuresOf(now.headlines));
    figures.insert("filter_matches", integer(now.matches));
    figures.insert("projection_rows", integer(now.projection.rows));
    figures.insert("frames", integer(now.frames));
    figures.insert("last_frame_ms", milliseconds(now.lastFrame));
    figures.insert("median_frame_ms", milliseconds(now.medianFrame));
    figures.insert("slow_frame_ms", milliseconds(now.slowFrame));
    figures.insert("jobs", integer(now.interactiveJobs + now.backgroundJobs + now.scanJobs));
    figures.insert("memory_bytes", integer(now.memory));
    figures.insert("peak_memory_bytes", integer(now.peakMemory));
    return figures;
}

} // namespace eventloupe
