#pragma once

#include "value/timestamp.h"

#include <QByteArray>
#include <QString>

#include <string_view>

namespace eventloupe {

/// An event's place in the whole log: 1, 2, ...; 0 is "before the first event".
using Position = qint64;
/// An event's place in its stream: 1, 2, ...; 0 means that the stream does not exist yet.
using StreamVersion = qint64;
/// A stream's number inside its store, dense in order of birth from 1; never shown to people.
using StreamId = qint64;

/// An event as it is stored. `data` and `metadata` are the JSON bytes as they came.
struct Event {
    Position position = 0;
    StreamId streamId = 0;
    QString stream;
    StreamVersion version = 0;
    QString type;
    Timestamp time;
    QString id; ///< Up to 200 bytes of UTF-8, unique in the store.
    QByteArray data;
    QByteArray metadata;
    /// What the library that wrote it calls it, as a JSON object: `{"position":1234,"version":0}`.
    /// Empty in a store of our own.
    QByteArray origin = {};
};

/// An event that is to be appended. An empty id is given a UUIDv7 by the store.
struct NewEvent {
    QString type;
    QByteArray data;
    QByteArray metadata;
    Timestamp time;
    QString id;
};

/// An event seen while a store is scanned; the views are valid until the visitor returns.
struct EventView {
    Position position = 0;
    StreamId streamId = 0;
    std::string_view stream;
    StreamVersion version = 0;
    std::string_view type;
    Timestamp time;
    std::string_view id;
    std::string_view data;
    std::string_view metadata;
    std::string_view origin = {}; ///< As Event::origin.
};

/// The category of a stream: what stands before the first '-' of its name, else the whole name.
inline QString categoryOf(const QString& stream)
{
    const auto dash = stream.indexOf(QLatin1Char('-'));
    return dash < 0 ? stream : stream.left(dash);
}

/// The bytes of a QByteArray as a view.
inline std::string_view viewOf(const QByteArray& bytes)
{
    return { bytes.constData(), static_cast<std::size_t>(bytes.size()) };
}

/// A deep copy of a view.
inline QByteArray toBytes(std::string_view view)
{
    return { view.data(), static_cast<qsizetype>(view.size()) };
}

} // namespace eventloupe
