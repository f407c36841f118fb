#pragma once

#include "watch/watchrunner.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace eventloupe {

/// Columns of the list of watches.
enum class WatchColumn { Name, Count, COUNT };

enum WatchRole {
    IsKeptRole = Qt::UserRole + 1, ///< bool
};

/// The watches of the open store: those that are kept, by the order in which they came, and behind
/// them the one that was asked for last and is not. All follow the log. Those that are kept run
/// over it one after the other, so that others have their turn on the store's lane. GUI thread.
class Watches final : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr std::size_t mostKept = 50;

    explicit Watches(StoreClient& client, QObject* parent = nullptr);
    ~Watches() override;

    /// Looks at the log again by these rules.
    void setWorkspace(const std::shared_ptr<const Workspace>& workspace);
    /// Runs a watch in place of the one that is not kept, and gives its row. An Error changes
    /// nothing: the expression does not compile.
    Result<int> start(const WatchSetting& setting);
    /// Keeps the watch that is not, by a name. False where there is none, or too many are kept.
    bool keep(const QString& name);
    /// Ends a watch and forgets it.
    void remove(int row);
    /// nullptr where there is no such row.
    [[nodiscard]] WatchRunner* runner(int row) const;
    [[nodiscard]] int rowOf(const WatchRunner* runner) const;

    /// Those that are kept, as JSON; and brings them back, in place of all that is there. What is
    /// no watch is left out.
    [[nodiscard]] QByteArray save() const;
    void restore(const QByteArray& json);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

signals:
    /// Others are kept than before.
    void keptChanged();

private:
    WatchRunner* add();
    void tell(const WatchRunner* runner);
    void beginNext();

    StoreClient& m_client;
    std::shared_ptr<const Workspace> m_workspace;
    std::vector<std::unique_ptr<WatchRunner>> m_runners;
};

/// "all streams", "category user", "user-42"
[[nodiscard]] QString scopeText(const WatchScope& scope);

} // namespace eventloupe
