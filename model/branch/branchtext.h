#pragma once

#include <QCoreApplication>

namespace eventloupe::BranchText {

inline QString tr(const char* text, int number = -1)
{
    return QCoreApplication::translate("Branch", text, nullptr, number);
}

} // namespace eventloupe::BranchText
