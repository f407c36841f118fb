#pragma once

#include <QString>

#include <functional>

namespace eventloupe {

/// What a store tells by itself while it is open. Called on any thread, also during a call of the
/// store's; must not call the store back.
struct StoreNotices {
    /// Someone appended; looking for growth now finds it.
    std::function<void()> grew;
    /// What keeps the store from answering, for people ("reconnecting to db.example.org"); empty
    /// when it answers again.
    std::function<void(const QString& trouble)> troubled;
};

/// What a store is beside an EventStore where it is far away: it announces growth, and outages pass
/// while it stays open.
class AnnouncingStore {
public:
    virtual ~AnnouncingStore() = default;
    /// From now on these are called, until they are set anew; the store's thread.
    virtual void setNotices(StoreNotices notices) = 0;
    /// Whether growth by others is announced just now, so that looking for it can be rare. The
    /// store's thread.
    [[nodiscard]] virtual bool announcesGrowth() const = 0;
    /// Whether it is in trouble, and calls fail that will work again. The store's thread.
    [[nodiscard]] virtual bool isTroubled() const = 0;
};

} // namespace eventloupe
