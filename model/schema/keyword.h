#pragma once

#include "schema/schema.h"

#include <QCoreApplication>

#include <memory>
#include <vector>

namespace eventloupe {

/// The translation context of every message of this room.
struct SchemaText {
    Q_DECLARE_TR_FUNCTIONS(Schema)
};

/// One pass of a value through a schema: what was found, and where the pass is.
class Validation {
public:
    /// A value of a hundred thousand wrong rows is told by its first ones.
    static constexpr qsizetype maximumViolations = 1000;

    /// Goes into a member or element of the value, and out again when it is destroyed.
    class Step {
    public:
        Step(Validation& validation, const QByteArray& key)
            : m_validation(validation)
        {
            m_validation.m_place.push_back({ &key, 0 });
        }
        Step(Validation& validation, std::size_t index)
            : m_validation(validation)
        {
            m_validation.m_place.push_back({ nullptr, index });
        }
        ~Step() { m_validation.m_place.pop_back(); }
        Q_DISABLE_COPY_MOVE(Step)

    private:
        Validation& m_validation;
    };

    void report(const char* keyword, const QString& message);
    /// The same for a member of the present value.
    void reportMember(const QByteArray& member, const char* keyword, const QString& message);
    [[nodiscard]] bool isValid() const { return m_violations.isEmpty(); }
    [[nodiscard]] const QList<SchemaViolation>& violations() const { return m_violations; }
    /// A pass of its own from the same place, for alternatives.
    [[nodiscard]] Validation probe() const;

private:
    struct Token {
        const QByteArray* key = nullptr; ///< Of a member; null for an element.
        std::size_t index = 0;
    };
    [[nodiscard]] QList<QByteArray> tokens() const;

    std::vector<Token> m_place;
    QList<SchemaViolation> m_violations;
};

/// One keyword of a schema, compiled.
class Keyword {
public:
    Keyword() = default;
    virtual ~Keyword() = default;
    Q_DISABLE_COPY_MOVE(Keyword)

    /// Reports to the validation what this keyword has against the value.
    virtual void validate(const JsonValue& value, Validation& validation) const = 0;
};

/// A schema or subschema, compiled: its keywords in the order of the compiler's table.
class SchemaNode {
public:
    void add(std::unique_ptr<Keyword> keyword) { m_keywords.push_back(std::move(keyword)); }
    /// The boolean schema `false`.
    void refuseAll() { m_refusesAll = true; }
    void validate(const JsonValue& value, Validation& validation) const;
    /// True when the value fits, without keeping what does not.
    [[nodiscard]] bool accepts(const JsonValue& value, const Validation& from) const;

private:
    bool m_refusesAll = false;
    std::vector<std::unique_ptr<Keyword>> m_keywords;
};

} // namespace eventloupe
