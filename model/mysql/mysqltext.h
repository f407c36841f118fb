#pragma once

#include <QCoreApplication>

namespace eventloupe {

/// The translation context of every message of this room.
struct MysqlText {
    Q_DECLARE_TR_FUNCTIONS(Mysql)
};

} // namespace eventloupe
