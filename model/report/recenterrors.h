#pragma once

#include "value/jsonvalue.h"
#include "value/result.h"
#include "value/timestamp.h"

#include <deque>
#include <mutex>

namespace eventloupe {

/// A name for programmers: "InvalidInput".
[[nodiscard]] QByteArray errorCodeName(ErrorCode code);

/// The last errors, each without what was put into its message (see MessageTemplates): nothing of a
/// message is kept. Any thread.
class RecentErrors final {
public:
    static constexpr std::size_t mostKept = 50;

    void note(const Error& error);
    /// [{"time", "code", "message"}], oldest first.
    [[nodiscard]] JsonValue figures() const;

private:
    struct Entry {
        Timestamp time;
        ErrorCode code;
        QString message;
    };
    mutable std::mutex m_lock;
    std::deque<Entry> m_entries;
};

} // namespace eventloupe
