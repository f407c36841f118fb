#pragma once

#include "log/matchlist.h"
#include "store/storeclient.h"

#include <QHash>
#include <QList>
#include <QObject>

namespace eventloupe {

/// A row of the log, ready to be shown.
struct LogRow {
    Event event;
    QString time; ///< Local.
    QString summary;
};

/// The pages of the log that are in memory: loads them on the store's interactive lane, one at a
/// time and the last wanted first, and drops those that were not looked at for longest.
/// Part of EventLogModel; GUI thread.
class LogPages final : public QObject {
    Q_OBJECT

public:
    static constexpr int rowsPerPage = 256;
    static constexpr int maximumPages = 64;
    /// Payloads in memory, over all pages but the newest two.
    static constexpr qint64 maximumBytes = 64 * 1024 * 1024;

    explicit LogPages(StoreClient& client, QObject* parent = nullptr);

    /// Forgets all pages. Rows `first` to `end`-1 are positions, or matches where there is a list;
    /// they count from where the owner likes, so that rows can come in before the first.
    void reset(std::shared_ptr<const MatchList> matches, int first, int end);
    /// More rows of the same at either end; what is loaded stays.
    void grow(std::shared_ptr<const MatchList> matches, int first, int end);

    /// nullptr when the row is not loaded.
    [[nodiscard]] const LogRow* find(int row);
    /// Loads the row's page, soon.
    void demand(int row);
    /// Loads these rows' pages and drops every other wish. What is being read already is taken all
    /// the same: scrubbing faster than a slow store answers must show something.
    void prefetch(int firstRow, int count);

signals:
    void loaded(int firstRow, int lastRow);
    void failed(const eventloupe::Error& error);

private:
    using Rows = std::vector<LogRow>;
    struct Page {
        Rows rows;
        int firstRow = 0; ///< Not the page's first where rows came in before.
        qint64 bytes = 0;
        quint64 usedAt = 0;
    };
    /// What a job needs to read a page, as values.
    struct Wish {
        int firstRow = 0;
        Position from = 0;
        int limit = 0;
        QList<Position> positions; ///< Instead of from and limit, where there are matches.
    };

    [[nodiscard]] bool isComplete(int page) const;
    [[nodiscard]] int firstRowOf(int page) const;
    [[nodiscard]] int sizeOf(int page) const;
    [[nodiscard]] Wish wishFor(int page) const;
    static Result<std::shared_ptr<Rows>> read(EventStore& store, const Wish& wish);
    void loadNext();
    void take(int page, const Wish& wish, const Result<std::shared_ptr<Rows>>& answer);
    void evict();

    StoreClient& m_client;
    std::shared_ptr<const MatchList> m_matches;
    QHash<int, Page> m_pages;
    QList<int> m_wanted; ///< Pages; the last is loaded next.
    CancelToken m_token;
    int m_loading = -1; ///< The page that a job reads now; -1 for none.
    int m_first = 0;
    int m_end = 0;
    quint64 m_clock = 0;
    qint64 m_bytes = 0;
};

} // namespace eventloupe
