#include "state/branchcomparison.h"

#include "branch/brancheventstore.h"
#include "store/maskedeventstore.h"

#include <QCoreApplication>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Comparison", text);
}

class StateInLog final : public ComparisonSource {
public:
    [[nodiscard]] QString title() const override { return tr("The log, without the branch"); }
    Result<std::optional<ComparedState>> read(EventStore& store, Replayer& replayer,
        const QString& stream, Position position, qint64 maximumEvents) const override
    {
        auto* const branch = dynamic_cast<BranchEventStore*>(&trueStore(store));
        if (branch == nullptr)
            return Error { ErrorCode::Unsupported, tr("No branch is open.") };
        const auto overlay = branch->overlay();
        if (!overlay)
            return overlay.error();
        ComparedState other;
        other.stream = stream;
        other.branch = tr("the log");
        return readComparedState(branch->base(), folder(replayer), std::move(other),
            (*overlay)->positions().numbersUpTo(position), maximumEvents);
    }

private:
    /// What the branch's own replayer keeps is of other events. The log below does not change.
    Replayer& folder(const Replayer& replayer) const
    {
        const auto& workspace = replayer.evolver().workspace();
        if (!m_folder || m_folder->evolver().workspace() != workspace)
            m_folder = std::make_unique<Replayer>(std::make_shared<const Evolver>(workspace));
        return *m_folder;
    }

    mutable std::unique_ptr<Replayer> m_folder; ///< Of the store's thread alone.
};

} // namespace

ComparisonSourcePointer compareWithLog()
{
    return std::make_shared<const StateInLog>();
}

} // namespace eventloupe
