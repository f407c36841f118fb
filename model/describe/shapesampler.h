#pragma once

#include "value/jsonvalue.h"

#include <QByteArray>

#include <map>
#include <memory>
#include <vector>

namespace eventloupe {

/// Infers a JSON Schema (2020-12) from values: types, members that are always there, formats that
/// all texts fit, a choice where few texts are repeated often. Every value that was added fits the
/// schema. Bounded in depth and in the number of members; what is beyond is not described.
class ShapeSampler {
public:
    void add(const JsonValue& value) { add(value, mostDepth); }
    /// How many values were added.
    [[nodiscard]] qint64 count() const { return m_count; }
    /// `true` while nothing is known.
    [[nodiscard]] JsonValue schema() const;
    /// Whether the schema lists texts as they were added, as a choice.
    [[nodiscard]] bool listsTexts() const;

private:
    static constexpr int mostDepth = 12;
    static constexpr std::size_t mostMembers = 60; ///< More of them are keys of a map.
    static constexpr std::size_t mostTexts = 8;

    struct Member {
        QByteArray name;
        std::unique_ptr<ShapeSampler> shape;
    };
    void add(const JsonValue& value, int depth);
    void addText(const QByteArray& text);
    void addMembers(const JsonValue& object, int depth);
    [[nodiscard]] std::size_t format() const;
    [[nodiscard]] bool isChoice() const;
    void describeTexts(JsonValue& schema) const;
    void describeMembers(JsonValue& schema) const;

    qint64 m_count = 0;
    qint64 m_nulls = 0;
    qint64 m_booleans = 0;
    qint64 m_integers = 0;
    qint64 m_doubles = 0;
    qint64 m_texts = 0;
    qint64 m_arrays = 0;
    qint64 m_objects = 0;
    std::map<QByteArray, qint64> m_known; ///< Texts, while they are few.
    bool m_areTextsMany = false;
    unsigned m_misfits = 0; ///< A bit a format that some text does not fit.
    std::vector<Member> m_members;
    bool m_isMap = false; ///< Its members are too many to be described each.
    std::unique_ptr<ShapeSampler> m_elements;
};

} // namespace eventloupe
