#pragma once

#include "domain/workspace.h"
#include "testcase/testcase.h"

namespace eventloupe {

/// The case as the workspace's masks show it, for whoever writes or shows it; what is found, shrunk
/// and proven is the case itself. It says in its notes that values are masked: a test of it does not
/// run as it is.
[[nodiscard]] TestCase shownCase(TestCase testCase, const Workspace& workspace);

} // namespace eventloupe
