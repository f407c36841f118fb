#pragma once

#include <QByteArray>

namespace eventloupe {

// Tables of libraries on MySQL and MariaDB with a few rows, as the libraries' own sources make
// them: rows of a test's data as addProfileSample() has them (support/profilesamples.h).
void addDotNetMysqlSamples();
void addJvmMysqlSamples();
void addPhpMysqlSamples();
void addOtherMysqlSamples();

/// Statements that make tables, for what the libraries wrote elsewhere.
[[nodiscard]] QByteArray proophTableOnMariaDb(const QByteArray& name);
extern const QByteArray proophStreamsOnMariaDb;
extern const QByteArray broadwayTableOnMysql;
extern const QByteArray railsTablesOnMysql;

} // namespace eventloupe
