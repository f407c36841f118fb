#pragma once

#include "exchange/mapping.h"
#include "exchange/record.h"
#include "exchange/timetext.h"
#include "store/checkedevents.h"

#include <array>
#include <optional>

namespace eventloupe {

/// An event as a record gives it. The views are those of the record, or of the mapper, and valid
/// until either moves on.
struct ImportedEvent {
    EventTexts event;
    qint64 line = 0;
    StreamVersion version = 0; ///< As the file has it; 0 when it has none.
};

/// Why an event cannot be imported that has a mask's sign in the place of a value; nothing where it
/// has none.
[[nodiscard]] std::optional<Error> maskedFault(const ImportedEvent& imported, const QString& file);

/// Makes events of records by a mapping. On one thread.
///
/// A member that no field takes goes to `data` when nothing maps data, else it is kept in the
/// metadata (see keptmembers.h). A member that a template or a pointer into it only reads is not
/// taken. Of cells, an empty one is left out and the others become JSON by appendCellValue().
class RecordMapper {
public:
    /// `moment` is the time of events that have none. `reader` tells how values are spelled and
    /// is not kept.
    RecordMapper(
        const Mapping& mapping, const RecordReader& reader, QString file, Timestamp moment);

    /// InvalidInput "FILE:LINE: byte N: reason".
    Result<ImportedEvent> map(const Record& record);

    /// The names of members that no field took, in order of first sight.
    [[nodiscard]] const QStringList& keptMembers() const { return m_keptMembers; }
    [[nodiscard]] bool keepsInData() const { return !m_sources[index(EventField::Data)].present; }

private:
    /// A piece of a source: text, or a member's value, or what a pointer leads to in it.
    struct Part {
        QByteArray text;
        int wanted = -1;
        QList<QByteArray> path;
    };
    struct Source {
        std::vector<Part> parts;
        bool present = false;
    };
    /// A member that a source reads.
    struct Wanted {
        std::string name;
        bool taken = false; ///< A field is this member as a whole.
        const RecordMember* member = nullptr; ///< In the present record.
    };
    /// What the last record's member in a place was; records mostly repeat their shape.
    struct Seen {
        std::string name;
        int wanted = -1;
        bool position = false;
        bool noted = false;
    };

    static constexpr std::size_t index(EventField field) { return static_cast<std::size_t>(field); }
    void compile(EventField field, const FieldSource& source);
    Part memberPart(const QString& name, bool taken);
    Part pointerPart(const QString& pointer);
    Part referencePart(const QString& reference);
    Seen& seen(std::size_t place, std::string_view name);
    Result<void> collect(const Record& record);
    [[nodiscard]] std::optional<std::string_view> rawOf(const Part& part) const;
    Result<std::optional<std::string_view>> textOf(EventField field, const Record& record);
    Result<std::optional<std::string_view>> wholeTextOf(EventField field, const Record& record);
    Result<std::string_view> nameOf(EventField field, const Record& record);
    Result<std::optional<CheckedJson>> jsonOf(EventField field, const Record& record);
    Result<std::optional<CheckedJson>> cellJsonOf(EventField field, const Record& record);
    Result<CheckedJson> dataOf(const Record& record);
    Result<CheckedJson> leftOverData(const Record& record);
    Result<CheckedJson> metadataOf(const Record& record);
    [[nodiscard]] Result<CheckedJson> checked(
        EventField field, const Record& record, std::string_view json) const;
    Result<Timestamp> timeOf(const Record& record);
    [[nodiscard]] std::optional<StreamVersion> versionOf() const;
    [[nodiscard]] bool isContainer(std::string_view raw) const;
    [[nodiscard]] bool isQuoted(std::string_view raw) const;
    [[nodiscard]] static std::optional<qint64> integerOf(std::string_view text);
    [[nodiscard]] static QString mustBeText(EventField field);
    bool isLeftOver(const RecordMember& member, const Seen& seen, bool hasVersion) const;
    [[nodiscard]] Error fault(EventField field, const Record& record, const QString& reason) const;

    std::array<Source, 7> m_sources;
    std::array<QByteArray, 7> m_built; ///< Fields that do not stand in the record as they are.
    std::vector<Wanted> m_wanted;
    std::vector<Seen> m_seen;
    QStringList m_keptMembers;
    QByteArray m_leftOver;
    QString m_file;
    TimeText m_times;
    Timestamp m_moment;
    bool m_isText;
    bool m_isOwnTable;
};

} // namespace eventloupe
