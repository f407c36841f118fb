#pragma once

#include "store/storeclient.h"

#include <QObject>

namespace eventloupe {

/// Finds the streams whose name contains a text, on the store's Background lane, handing over what
/// it found in steps. It searches up to the head, whatever the cursor: found streams are in order
/// of birth, so those that exist at a position are the first so many. GUI thread.
class StreamFinder final : public QObject {
    Q_OBJECT

public:
    /// The most streams that are found; a longer list helps nobody.
    static constexpr qsizetype maximumFound = 10'000;

    explicit StreamFinder(StoreClient& client, QObject* parent = nullptr);
    ~StreamFinder() override;

    /// Begins anew; an empty text only ends the present search.
    void start(const QString& text);
    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] bool isActive() const { return !m_text.isEmpty(); }
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    /// In order of birth.
    [[nodiscard]] const QList<StreamInfo>& found() const { return m_found; }

signals:
    void foundMore();
    /// All names up to the head were looked at, or maximumFound were found.
    void finished();
    void failed(const eventloupe::Error& error);

private:
    struct Step;
    void goOn();
    void take(const Result<Step>& answer);

    StoreClient& m_client;
    QString m_text;
    QList<StreamInfo> m_found;
    StreamId m_after = 0; ///< Names up to this stream's were looked at.
    bool m_isRunning = false;
    CancelToken m_token;
};

} // namespace eventloupe
