#pragma once

#include "mask/maskpatterns.h"

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

#include <memory>

namespace eventloupe {

/// What an event's masks are.
struct EventMask {
    MaskPatterns data; ///< In the shape that is stored, and in the present one.
    MaskPatterns metadata;

    [[nodiscard]] bool isEmpty() const { return data.isEmpty() && metadata.isEmpty(); }
    bool add(const EventMask& other)
    {
        const bool isNew = data.add(other.data);
        return metadata.add(other.metadata) || isNew;
    }
    /// Makes an event's payload what may be shown; false where nothing of it is masked.
    bool mask(QByteArray& eventData, QByteArray& eventMetadata) const;
};

/// An entry of "masks" in workspace.json, as it is written.
struct MaskEntry {
    QString type; ///< Of the events; empty with a category, or for every event.
    QString category; ///< Of the streams, whose states are masked as well.
    EventMask masks;
    int line = 1; ///< In workspace.json, from 1.
    int column = 1;
    QStringList doubts; ///< What of it fits nothing that is defined, for people.
};

/// What a workspace masks: where data is shown or leaves, its values have the sign instead. Folds,
/// commands and what is stored know nothing of it. Besides what the entries name, it knows what is
/// derived from that: see deriveMasks(). Immutable once shared; thread-safe then.
class Masks {
public:
    /// Nothing is masked.
    [[nodiscard]] static const std::shared_ptr<const Masks>& none();
    /// Every value of every event and state is: where it cannot be told what is to be masked.
    [[nodiscard]] static const std::shared_ptr<const Masks>& everything();

    [[nodiscard]] bool isEmpty() const { return m_entries.isEmpty() && !m_isEverything; }
    [[nodiscard]] bool isEverything() const { return m_isEverything; }
    [[nodiscard]] const QList<MaskEntry>& entries() const { return m_entries; }
    /// Types and categories that have masks of their own, named by an entry or derived.
    [[nodiscard]] QStringList types() const { return m_types.keys(); }
    [[nodiscard]] QStringList categories() const;
    /// How many pointers the entries name.
    [[nodiscard]] qsizetype count() const;

    /// Of an event in a stream of that category.
    [[nodiscard]] EventMask ofEvent(const QString& type, const QString& category) const;
    /// Of an event of the type, in whatever stream.
    [[nodiscard]] EventMask ofEventAnywhere(const QString& type) const;
    /// Of the states of a category's aggregates.
    [[nodiscard]] const MaskPatterns& ofState(const QString& category) const;
    /// Of the states of every category.
    [[nodiscard]] MaskPatterns ofStates() const;
    /// Of a projection's rows.
    [[nodiscard]] const MaskPatterns& ofRow(const QString& projection) const;
    /// Of the data of a command: what the masked fields of its events are made of.
    [[nodiscard]] const MaskPatterns& ofCommand(const QString& command) const;
    /// All that is masked of the data and metadata of some event.
    [[nodiscard]] EventMask ofEvents() const;
    /// Whether the words of a failed fold in the category may quote a masked value.
    [[nodiscard]] bool hidesFailuresOf(const QString& category) const;
    /// The same of what a command's guards say.
    [[nodiscard]] bool hidesMessagesOf(const QString& command) const;
    /// What is said instead.
    [[nodiscard]] static QString hiddenReason();

    /// Each is for whoever makes one, before it is shared; false where nothing is new.
    void addEntry(const MaskEntry& entry);
    void setDoubts(qsizetype entry, const QStringList& doubts)
    {
        m_entries[entry].doubts = doubts;
    }
    /// What is masked in one category is in all.
    void holdInAllCategories();
    /// All that the others mask, and what was derived from it, but for commands and projections,
    /// which are another workspace's.
    void add(const Masks& others);
    bool addToType(const QString& type, const EventMask& masks);
    bool addToState(const QString& category, const JsonPointer& pattern);
    /// Of categories that are not named anywhere.
    bool addToOtherStates(const JsonPointer& pattern);
    bool addToRow(const QString& projection, const JsonPointer& pattern);
    bool addToCommand(const QString& command, const JsonPointer& pattern);
    /// The category has masks of its own, maybe none.
    void nameCategory(const QString& category) { (void)m_states[category]; }
    void hideFailuresOf(const QString& category) { m_hiddenFailures.insert(category); }
    void hideOtherFailures() { m_hidesOtherFailures = true; }
    void hideMessagesOf(const QString& command) { m_hiddenMessages.insert(command); }

private:
    QList<MaskEntry> m_entries;
    bool m_isEverything = false;
    EventMask m_all; ///< Of every event.
    QHash<QString, EventMask> m_types;
    QHash<QString, EventMask> m_categories;
    QHash<QString, MaskPatterns> m_states;
    MaskPatterns m_otherStates;
    QHash<QString, MaskPatterns> m_rows;
    QHash<QString, MaskPatterns> m_commands;
    QSet<QString> m_hiddenFailures;
    bool m_hidesOtherFailures = false;
    QSet<QString> m_hiddenMessages;
};

} // namespace eventloupe
