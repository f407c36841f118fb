#pragma once

#include "foreign/rowpage.h"
#include "mysql/mysqlconnection.h"

namespace eventloupe {

/// Copies a row of MySQL's or MariaDB's into a page without loss: whole numbers as such where they
/// fit into 64 bits; bytes of binary columns as bytes; all else as the text that the server spells,
/// so that a decimal keeps its digits and a time its microseconds.
void copyRow(const MysqlRow& row, RowPage& page);

} // namespace eventloupe
