#pragma once

#include <QString>

#include <chrono>
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
    /// In how long it is tried again, after each try that failed.
    std::function<void(std::chrono::milliseconds)> waits = {};
};

/// Who answers for a store just now, for people.
struct StoreServer {
    QString name; ///< "db.example.org:5432"; empty where there is no server.
    QString version; ///< "PostgreSQL 15.18"
    QString transport; ///< "TLSv1.3, certificate and host name verified", "not encrypted"
    bool isStandby = false;

    friend bool operator==(const StoreServer&, const StoreServer&) = default;
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
    /// What is in trouble is tried again at the next call, and not only when it is due. The store's
    /// thread.
    virtual void tryNow() { }
    /// Who answers just now; another one after a failover. The store's thread.
    [[nodiscard]] virtual StoreServer server() const { return {}; }
};

} // namespace eventloupe
