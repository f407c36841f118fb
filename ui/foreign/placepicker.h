#pragma once

#include <QByteArray>
#include <QComboBox>
#include <QList>
#include <QStringList>

#include <optional>

namespace eventloupe {

/// A place in the JSON that is in a column, as a JSON Pointer: one of those that rows have, or one
/// that is typed; empty for all of the column. GUI thread.
class PlacePicker final : public QComboBox {
    Q_OBJECT

public:
    /// `part` is what is looked for there, for people.
    explicit PlacePicker(const QString& part, QWidget* parent = nullptr);

    /// What is offered; keeps what is typed.
    void setPlaces(const QStringList& places);
    /// Does not emit edited().
    void setPlace(const QList<QByteArray>& tokens);
    /// Nothing where what is typed is no JSON Pointer.
    [[nodiscard]] std::optional<QList<QByteArray>> place() const;

signals:
    /// A person chose or typed another one.
    void edited();

private:
    QStringList m_places;
};

} // namespace eventloupe
