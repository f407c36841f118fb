#pragma once

#include <QCoreApplication>

namespace eventloupe {

/// The translation context of every message of this room.
struct TestCaseText {
    Q_DECLARE_TR_FUNCTIONS(TestCase)
};

} // namespace eventloupe
