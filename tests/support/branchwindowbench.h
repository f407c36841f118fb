#pragma once

#include "branch/branchsession.h"
#include "support/samplestore.h"
#include "support/windowbench.h"
#include "time/timecursor.h"

#include <QAction>

namespace eventloupe {

/// The whole window over twelve events, with its branches at hand.
struct BranchWindowBench : WindowBench {
    SampleStore sample { SampleStore::numbered(12) };

    BranchWindowBench()
    {
        if (!open(sample.location()))
            qFatal("the store does not open");
    }
    BranchSession& session() { return workbench().parts().branch; }
    /// Triggers the action of that text, without its "&"; one that cannot be ends the program.
    void trigger(const char* text)
    {
        for (auto* action : window().findChildren<QAction*>())
            if (action->text().remove(u'&') == QString::fromUtf8(text)) {
                if (!action->isEnabled())
                    qFatal("%s is disabled", text);
                action->trigger();
                return;
            }
        qFatal("no action %s", text);
    }
    bool isOnBranch() { return session().overlay() != nullptr; }
    Position head() { return cursor().head(); }
};

} // namespace eventloupe
