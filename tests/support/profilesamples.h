#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace eventloupe {

/// Tables of a library on PostgreSQL with a few rows, as a row of a test's data named after the
/// profile: statements; "stream@version type data" of each event; what is in its origin; what is in
/// the first event's metadata.
void addProfileSample(const char* profile, const QByteArray& sql, const QStringList& lines,
    const QStringList& origins, const char* metadata = "");

/// All of them, as the libraries' own sources make them.
void addDotNetSamples();
void addJvmSamples();
void addPhpSamples();
void addDynamicSamples();
void addRustSamples();

} // namespace eventloupe
