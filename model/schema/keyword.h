#pragma once

#include "schema/validation.h"

#include <memory>
#include <vector>

namespace eventloupe {

/// One keyword of a schema, compiled.
class Keyword {
public:
    Keyword() = default;
    virtual ~Keyword() = default;
    Q_DISABLE_COPY_MOVE(Keyword)

    /// Reports to the validation what this keyword has against the value.
    virtual void validate(const JsonValue& value, Validation& validation) const = 0;
};

/// A schema or subschema, compiled: its keywords in the order of the compiler's table. Nodes refer
/// to each other by address; a SchemaGraph owns them all.
class SchemaNode {
public:
    /// `source` is where it stands in the graph's documents, `resource` what it belongs to.
    SchemaNode(const JsonValue& source, int resource)
        : m_source(&source)
        , m_resource(resource)
    {
    }

    void add(std::unique_ptr<Keyword> keyword) { m_keywords.push_back(std::move(keyword)); }
    /// The boolean schema `false`.
    void refuseAll() { m_refusesAll = true; }
    void validate(const JsonValue& value, Validation& validation) const;
    /// True when the value fits, without keeping what does not.
    [[nodiscard]] bool accepts(const JsonValue& value, Validation& validation) const;

    [[nodiscard]] const JsonValue& source() const { return *m_source; }
    [[nodiscard]] int resource() const { return m_resource; }

private:
    const JsonValue* m_source;
    int m_resource;
    bool m_refusesAll = false;
    std::vector<std::unique_ptr<Keyword>> m_keywords;
};

} // namespace eventloupe
