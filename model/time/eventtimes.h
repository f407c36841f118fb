#pragma once

#include "store/storeclient.h"

#include <map>
#include <optional>

namespace eventloupe {

/// When events happened, read in pages as they are asked for. GUI thread.
class EventTimes final : public QObject {
    Q_OBJECT

public:
    static constexpr Position pageSize = 1024;
    static constexpr std::size_t mostPages = 16;

    explicit EventTimes(StoreClient& client, QObject* parent = nullptr);

    /// Nothing while it is read, or where there is no such event.
    [[nodiscard]] std::optional<Timestamp> at(Position position);

private:
    void read(Position page);
    void forget();

    StoreClient& m_client;
    std::map<Position, std::vector<Timestamp>> m_pages; ///< By page.
    Position m_reading = -1;
    CancelToken m_token;
};

} // namespace eventloupe
