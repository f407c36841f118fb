#pragma once

#include "value/event.h"

#include <QWidget>

#include <array>
#include <memory>
#include <optional>

class QFormLayout;
class QTabWidget;

namespace eventloupe {

class DataPage;
class JsonView;
class PlainLabel;
class Workspace;

/// One event in full: what, where, when, its data and its metadata. Of its pages only the one in
/// view is laid out: that costs more than all else when the cursor moves.
class EventDetail final : public QWidget {
    Q_OBJECT

public:
    explicit EventDetail(QWidget* parent = nullptr);

    /// Where there is none, the position tells a damaged log from the time before the first event.
    void setEvent(const std::optional<Event>& event, Position position);
    /// By whose upcasts older events are shown as they are folded, too.
    void setWorkspace(const std::shared_ptr<const Workspace>& workspace);
    [[nodiscard]] Position position() const { return m_event ? m_event->position : 0; }
    /// Whether it is this event that is shown, and as it is shown: other masks make another of it.
    [[nodiscard]] bool isShowing(const Event& event) const
    {
        // 100 MB that are the same copy are not looked through again.
        const auto isSame = [](const QByteArray& left, const QByteArray& right) {
            return left.isSharedWith(right) || left == right;
        };
        return m_event && m_event->position == event.position && isSame(m_event->data, event.data)
            && isSame(m_event->metadata, event.metadata);
    }

private:
    static constexpr std::size_t factCount = 8;

    QWidget* makeFacts();
    void showPage();
    void showFacts();

    std::optional<Event> m_event;
    PlainLabel* m_title;
    PlainLabel* m_place;
    QWidget* m_placeFrame = nullptr;
    PlainLabel* m_missing; ///< In place of the pages where the event is not there.
    QTabWidget* m_tabs;
    DataPage* m_data;
    JsonView* m_metadata;
    QFormLayout* m_factRows = nullptr;
    std::array<PlainLabel*, factCount> m_facts {};
};

} // namespace eventloupe
