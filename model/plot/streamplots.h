#pragma once

#include "domain/workspace.h"
#include "plot/plottedprojection.h"
#include "plot/streamcolumns.h"
#include "store/storeclient.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

#include <optional>

namespace eventloupe {

/// What is plotted: a field of a stream's state, or a line of a projection.
struct PlotField {
    QString stream;
    QByteArray pointer;
    std::optional<PlottedProjection> projection;

    friend bool operator==(const PlotField& left, const PlotField& right)
    {
        const auto isSame = [](const PlottedProjection& one, const PlottedProjection& other) {
            return one.history == other.history && one.cell == other.cell && one.key == other.key;
        };
        return left.stream == right.stream && left.pointer == right.pointer
            && left.projection.has_value() == right.projection.has_value()
            && (!left.projection || isSame(*left.projection, *right.projection));
    }
};

/// Reads the lines that a plot shows, and small ones of all numbers of one stream's state, on the
/// store's background lane: a slice at a time, so that others get their turn, and on as the log
/// grows. Streams that are shown are read once (see StreamColumns). GUI thread.
class StreamPlots final : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t stretchesOfALine = 1000;
    static constexpr std::size_t stretchesOfASparkline = 12;
    static constexpr qsizetype mostLines = 12;
    static constexpr std::size_t mostSparklines = 200;

    explicit StreamPlots(StoreClient& client, QObject* parent = nullptr);
    ~StreamPlots() override;

    /// Folds by these definitions from now on.
    void setWorkspace(const std::shared_ptr<const Workspace>& workspace);
    [[nodiscard]] const std::shared_ptr<const Evolver>& evolver() const { return m_evolver; }
    /// Shows these lines, up to mostLines.
    void setFields(const QList<PlotField>& fields);
    [[nodiscard]] const QList<PlotField>& fields() const { return m_fields; }
    /// As far as they were read, one a field.
    [[nodiscard]] const std::vector<PlotSeries>& series() const { return m_series; }
    /// Reads small lines of a stream's numbers; none for an empty name.
    void setSparklineStream(const QString& stream);
    /// nullptr where there is none for a field, or not yet.
    [[nodiscard]] const PlotSeries* sparkline(const QByteArray& pointer) const;

    /// A stream's columns, for a job on the background lane: empty while they are not complete, or
    /// where they are not read.
    using Columns = std::shared_ptr<std::unique_ptr<StreamColumns>>;
    [[nodiscard]] Columns columnsOf(const QString& stream) const;

signals:
    void seriesChanged();
    void sparklinesChanged();

private:
    struct Slice;
    struct Job;
    void forget();
    void readOn();
    static Result<Slice> read(EventStore& store, const Job& job, const CancelToken& cancel);
    static Result<void> addLines(
        EventStore& store, const Job& job, Slice& slice, const CancelToken& cancel);
    void take(const Result<Slice>& slice);
    [[nodiscard]] QStringList wantedStreams() const;

    StoreClient& m_client;
    std::shared_ptr<const Evolver> m_evolver;
    QList<PlotField> m_fields;
    std::vector<PlotSeries> m_series;
    QString m_sparklineStream;
    QHash<QByteArray, PlotSeries> m_sparklines;
    QHash<QString, Columns> m_columns; ///< Used by jobs alone, which run one at a time.
    CancelToken m_token;
    bool m_isReading = false;
    QList<PlotField> m_readFields; ///< What the job under way, or the last one, reads.
    QString m_readStream;
    QElapsedTimer m_sinceShown;
    QTimer m_due; ///< Coalesces what asks for another look.
};

} // namespace eventloupe
