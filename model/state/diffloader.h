#pragma once

#include "state/comparison.h"
#include "state/stateloader.h"

#include <QObject>

namespace eventloupe {

/// The state at the cursor beside the one that it is compared with. Immutable once it is shared.
struct DiffView {
    /// Of the cursor's stream: `before` is the older of the two states, or the other stream's.
    std::shared_ptr<const StateView> state = std::make_shared<const StateView>();
    QString before; ///< What the two are, for people: "v6", "order-9 v3".
    QString after;
    QString problem; ///< Why the other state cannot be shown; else empty.
    bool isReading = false; ///< A state is still being folded.
    bool mayHide = false; ///< There are masks, and what they hide of the two may differ.
};

/// Loads what the state at the cursor is compared with, as a part of the frame while somebody looks
/// at it. GUI thread; folds on the store's interactive lane, by the StateLoader's replayer.
class DiffLoader final : public QObject, public FramePart {
    Q_OBJECT

public:
    DiffLoader(StoreClient& client, CursorFrame& frame, Subject& subject, StateLoader& states,
        QObject* parent = nullptr);
    ~DiffLoader() override;

    [[nodiscard]] const ComparisonSourcePointer& source() const { return m_source; }
    void setSource(const ComparisonSourcePointer& source);
    /// Nothing is read while nobody looks.
    void setActive(bool active);

    /// The newest that was loaded; never null.
    [[nodiscard]] const std::shared_ptr<const DiffView>& view() const { return m_view; }
    [[nodiscard]] Read prepare(Position position) override;

signals:
    void diffChanged(const std::shared_ptr<const eventloupe::DiffView>& view);
    void sourceChanged();

private:
    using Answer = Result<std::optional<ComparedState>>;
    void takeState(const std::shared_ptr<const StateView>& state);
    void takeOther(const Answer& other);
    void readOn();
    void show(DiffView view);

    StoreClient& m_client;
    CursorFrame& m_frame;
    Subject& m_subject;
    StateLoader& m_states;
    ComparisonSourcePointer m_source;
    std::shared_ptr<const DiffView> m_view;
    std::optional<ComparedState> m_other; ///< For the present frame, once it was read.
    bool m_isActive = false;
    CancelToken m_token; ///< Of what follows a frame.
};

} // namespace eventloupe
