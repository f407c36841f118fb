#pragma once

#include "value/event.h"

#include <QWidget>

#include <array>
#include <optional>

class QTabWidget;

namespace eventloupe {

class JsonView;
class PlainLabel;

/// One event in full: what, where, when, its data and its metadata.
class EventDetail final : public QWidget {
    Q_OBJECT

public:
    explicit EventDetail(QWidget* parent = nullptr);

    void setEvent(const std::optional<Event>& event);
    [[nodiscard]] Position position() const { return m_position; }

private:
    static constexpr std::size_t factCount = 7;

    QWidget* makeFacts();
    void showFacts(const Event& event);

    Position m_position = 0;
    PlainLabel* m_title;
    PlainLabel* m_place;
    QTabWidget* m_tabs;
    JsonView* m_data;
    JsonView* m_metadata;
    std::array<PlainLabel*, factCount> m_facts {};
};

} // namespace eventloupe
