#include "expression/program.h"

#include <algorithm>

namespace eventloupe {

namespace {

void addOnce(std::vector<Expression::Field>& fields, Expression::Field field)
{
    if (std::find(fields.begin(), fields.end(), field) == fields.end())
        fields.push_back(std::move(field));
}

} // namespace

std::optional<Expression::Reads> Expression::reads() const
{
    Reads reads;
    if (!m_program)
        return reads;
    const std::vector<Instruction>& code = m_program->code;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (code[i].op == Op::Path) {
            addOnce(reads.fields, { code[i].a, m_program->paths[code[i].b] });
        } else if (code[i].op == Op::Variable) {
            // Nothing jumps between the two: has() compiles what it tests right before itself.
            if (i + 1 == code.size() || code[i + 1].op != Op::Has)
                return std::nullopt;
            const Value& name = m_program->constants[code[i + 1].b];
            addOnce(reads.tests, { code[i].a, { name.toUtf8() } });
        }
    }
    return reads;
}

std::optional<Expression::Operation> Expression::operation() const
{
    if (!m_program || m_program->code.size() != 3)
        return std::nullopt;
    Operation operation;
    switch (m_program->code[2].op) {
    case Op::Add:
        operation.symbol = '+';
        break;
    case Op::Subtract:
        operation.symbol = '-';
        break;
    case Op::Multiply:
        operation.symbol = '*';
        break;
    default:
        return std::nullopt;
    }
    for (std::size_t i = 0; i < 2; ++i) {
        const Instruction& operand = m_program->code[i];
        if (operand.op == Op::Path)
            operation.fields.at(i) = { operand.a, m_program->paths[operand.b] };
        else if (operand.op == Op::Constant)
            operation.constants.at(i) = m_program->constants[operand.b].owned();
        else
            return std::nullopt;
    }
    return operation;
}

} // namespace eventloupe
