#pragma once

#include "log/logcolumns.h"
#include "log/matchlist.h"
#include "store/storeclient.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <functional>

namespace eventloupe {

/// A row of the log, ready to be shown.
struct LogRow {
    /// Without data and metadata where they are longer than LogPages::longestKept.
    Event event;
    bool isCut = false; ///< Then they were.
    EventLoss loss = EventLoss::None; ///< Else the event has its position alone.
    QString time; ///< Local.
    QString summary;
};

/// The pages of the log that are in memory: loads them on the store's interactive lane, one at a
/// time and the last wanted first, and drops those that were not looked at for longest.
/// Part of EventLogModel; GUI thread.
class LogPages final : public QObject {
    Q_OBJECT

public:
    /// Little more than what is in view: a jump reads one page or two.
    static constexpr int rowsPerPage = 64;
    static constexpr int maximumPages = 256;
    /// Bytes of data or metadata that are kept with a row: who wants more reads the event.
    static constexpr qsizetype longestKept = 16 * 1024;
    /// Payloads in memory, over all pages but the newest four.
    static constexpr qint64 maximumBytes = 32 * 1024 * 1024;
    /// Takes over what was read, on the GUI thread.
    using Take = std::function<void()>;

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
    /// A job that reads of these rows' pages what is missing, for whoever runs it on a store's
    /// thread and then what it returns on this one. Empty when nothing is missing. Other rows that
    /// were wished for are left to be wished again.
    [[nodiscard]] std::function<Take(EventStore&)> reader(int firstRow, int count);

    [[nodiscard]] qint64 pageCount() const { return m_pages.size(); }
    [[nodiscard]] qint64 bytes() const { return m_bytes; } ///< As estimated.

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
        int page = 0;
        quint64 generation = 0;

        [[nodiscard]] Position positionAt(int row) const
        {
            return positions.isEmpty() ? from + row : positions.at(row);
        }
    };
    using Answer = Result<std::shared_ptr<Rows>>;

    [[nodiscard]] bool isComplete(int page) const;
    [[nodiscard]] int firstRowOf(int page) const;
    [[nodiscard]] int sizeOf(int page) const;
    [[nodiscard]] Wish wishFor(int page) const;
    [[nodiscard]] std::pair<int, int> pagesOf(int firstRow, int count) const;
    static Answer read(EventStore& store, const Wish& wish);
    static Result<void> readEach(EventStore& store, const Wish& wish, Rows& rows);
    static void fillGaps(const Wish& wish, Rows& rows);
    void loadNext();
    void take(const Wish& wish, const Answer& answer);
    void evict();

    StoreClient& m_client;
    std::shared_ptr<const MatchList> m_matches;
    QHash<int, Page> m_pages;
    QList<int> m_wanted; ///< Pages; the last is loaded next.
    CancelToken m_token;
    int m_loading = -1; ///< The page that a job reads now; -1 for none.
    int m_first = 0;
    int m_end = 0;
    quint64 m_generation = 0; ///< Of the rows; what was read for older ones is stale.
    quint64 m_clock = 0;
    qint64 m_bytes = 0;
};

} // namespace eventloupe
