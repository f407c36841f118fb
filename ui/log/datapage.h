#pragma once

#include "value/event.h"

#include <QWidget>

#include <memory>
#include <optional>

class QSplitter;

namespace eventloupe {

class BytesView;
class JsonView;
class Masks;
class PlainLabel;
class Upcaster;
class Workspace;

/// An event's data as it is stored and, where an upcast applies to it, beside it the data that is
/// folded instead. Upcasts are made on a worker. GUI thread.
class DataPage final : public QWidget {
    Q_OBJECT

public:
    explicit DataPage(QWidget* parent = nullptr);

    void setWorkspace(const std::shared_ptr<const Workspace>& workspace);
    void setEvent(const std::optional<Event>& event);

private:
    /// What an upcast made of an event.
    struct Present {
        QString type;
        QByteArray data;
        QString failure;
        bool differs = false;
        bool isHidden = false; ///< An upcast of what is masked tells nothing of the fold.
    };

    static Present presentOf(const Upcaster& upcaster, const Event& event);
    void upcast();
    void showPresent(const Present& present);

    std::optional<Event> m_event;
    std::shared_ptr<const Upcaster> m_upcaster;
    std::shared_ptr<const Masks> m_masks;
    quint64 m_generation = 0; ///< Of the event and the workspace; older upcasts are dropped.
    PlainLabel* m_storedCaption;
    JsonView* m_stored;
    BytesView* m_bytes; ///< In its place where the data could not be decoded.
    QWidget* m_presentPart;
    PlainLabel* m_presentCaption;
    JsonView* m_present;
};

} // namespace eventloupe
