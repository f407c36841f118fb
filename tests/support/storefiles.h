#pragma once

#include "store/openstore.h"

#include <QString>

namespace eventloupe {

/// Runs SQL on a file as any other program would; an empty text, or why it failed.
QString runSql(const QString& path, const QByteArray& sql);

/// Runs SQL with the triggers that keep events from being changed taken away and put back, as
/// someone would who tampers with a store.
QString tamper(const QString& path, const QByteArray& sql);

/// Makes a store with `events` events "E" with data {"n":1}, {"n":2}, ... in streams s-1, s-2,
/// s-3, s-1 and so on. Every id is "id-" and the position.
void makeStoreFile(const QString& path, int events);

/// All of a file's bytes; empty where it cannot be read.
[[nodiscard]] QByteArray contentOf(const QString& path);
/// Gives a file this content; a failure ends the test program.
void writeContent(const QString& path, const QByteArray& content);

/// What a write to the store is answered with.
Result<AppendOutcome> appendOne(EventStore& store, const QString& stream);

} // namespace eventloupe
