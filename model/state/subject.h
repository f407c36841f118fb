#pragma once

#include "store/storeclient.h"
#include "time/cursorframe.h"

#include <QObject>

namespace eventloupe {

/// Which stream a frame shows the state of, as a value that goes to the store's thread.
struct SubjectChoice {
    QString stream; ///< Pinned, or the present one.
    bool isPinned = false;

    /// The pinned stream, or that of the event; the present one where that cannot be read.
    [[nodiscard]] QString streamAt(Position position, const std::optional<Event>& event) const;
};

/// The stream whose state is shown: that of the frame's event, or one that was pinned.
/// A pinned stream stays while the cursor moves. GUI thread.
class Subject final : public QObject, public FramePart {
    Q_OBJECT

public:
    Subject(StoreClient& client, CursorFrame& frame, QObject* parent = nullptr);
    ~Subject() override;

    /// Empty while there is none: an empty log, or the cursor before the first event.
    [[nodiscard]] const QString& stream() const { return m_stream; }
    [[nodiscard]] bool isPinned() const { return m_pinned; }
    [[nodiscard]] SubjectChoice choice() const { return { m_stream, m_pinned }; }

    /// Shows this stream until follow(); it need not exist at the cursor, or at all.
    void pin(const QString& stream);
    /// Follows the cursor's event again.
    void follow();

    [[nodiscard]] Read prepare(Position position) override;

signals:
    void streamChanged(const QString& stream);
    void pinnedChanged(bool pinned);

private:
    void clear();
    void setStream(const QString& stream);

    CursorFrame& m_frame;
    QString m_stream;
    bool m_pinned = false;
};

} // namespace eventloupe
