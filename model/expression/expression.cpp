#include "expression/expression.h"

#include "expression/compiler.h"
#include "expression/evaluator.h"
#include "expression/parser.h"
#include "expression/sourceplace.h"
#include "value/event.h"

#include <QCoreApplication>
#include <QStringDecoder>

#include <algorithm>

namespace eventloupe {

namespace {

std::optional<SourceFault> sourceFault(std::string_view source)
{
    if (source.size() > Expression::maximumLength) {
        return SourceFault { 0,
            QCoreApplication::translate("Expression", "the expression is longer than 64 KiB") };
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    static_cast<void>(static_cast<QString>(decoder(toBytes(source))));
    if (decoder.hasError()) {
        return SourceFault { 0,
            QCoreApplication::translate("Expression", "the expression is not valid UTF-8") };
    }
    return std::nullopt;
}

/// Nothing when the source could be compiled.
std::optional<SourceFault> compileInto(
    std::string_view source, const ExpressionNames& names, Expression::Program& program)
{
    if (auto fault = sourceFault(source)) {
        return fault;
    }
    Lexer lexer(source);
    if (!lexer.run()) {
        return lexer.fault();
    }
    Parser parser(lexer.tokens());
    const auto ast = parser.run();
    if (!ast) {
        return parser.fault();
    }
    Compiler compiler(*ast, names, program);
    if (!compiler.run()) {
        return compiler.fault();
    }
    program.source = toBytes(source);
    return std::nullopt;
}

Error errorOf(const Fault& fault, const QByteArray& source)
{
    const auto place = faultAt(viewOf(source), fault.offset, fault.text());
    const auto text = place.line == 1
        ? QCoreApplication::translate("Expression", "%1 (column %2)")
              .arg(place.message)
              .arg(place.column)
        : QCoreApplication::translate("Expression", "%1 (line %2, column %3)")
              .arg(place.message)
              .arg(place.line)
              .arg(place.column);
    return { ErrorCode::InvalidInput, text };
}

Error nothingCompiled()
{
    return { ErrorCode::Internal,
        QCoreApplication::translate("Expression", "no expression was compiled") };
}

Result<bool> truthOf(const Value& value)
{
    if (value.type() != ValueType::Bool) {
        const auto type = nameOf(value.type());
        return Error { ErrorCode::InvalidInput,
            QCoreApplication::translate(
                "Expression", "the expression gives a value of type %1, not true or false")
                .arg(QString::fromUtf8(type.data(), static_cast<qsizetype>(type.size()))) };
    }
    return value.toBool();
}

} // namespace

Result<Expression> Expression::compile(
    std::string_view source, std::span<const std::string_view> variables, ExpressionFault* fault)
{
    return compile(source, ExpressionNames { variables }, fault);
}

Result<Expression> Expression::compile(
    std::string_view source, const ExpressionNames& names, ExpressionFault* fault)
{
    auto program = std::make_shared<Program>();
    if (const auto found = compileInto(source, names, *program)) {
        const auto place = faultAt(source, found->offset, found->message);
        if (fault != nullptr) {
            *fault = place;
        }
        return Error { ErrorCode::InvalidInput, place.toText(source) };
    }
    Expression expression;
    expression.m_program = std::move(program);
    return expression;
}

Result<Value> Expression::evaluate(
    std::span<const Value> variables, const HostCall& host, ExpressionFault* fault) const
{
    if (!m_program) {
        return nothingCompiled();
    }
    Evaluator evaluator(*m_program, variables, &host);
    if (!evaluator.run()) {
        const Fault& failed = evaluator.fault();
        if (fault != nullptr) {
            *fault = faultAt(viewOf(m_program->source), failed.offset, failed.text());
        }
        return errorOf(failed, m_program->source);
    }
    return evaluator.result().owned();
}

Result<bool> Expression::test(std::span<const Value> variables, const HostCall& host) const
{
    if (!m_program) {
        return nothingCompiled();
    }
    Evaluator evaluator(*m_program, variables, &host);
    if (!evaluator.run()) {
        return errorOf(evaluator.fault(), m_program->source);
    }
    return truthOf(evaluator.result());
}

Result<bool> Expression::test(VariableReader& variables) const
{
    if (!m_program) {
        return nothingCompiled();
    }
    Evaluator evaluator(*m_program, variables);
    if (!evaluator.run()) {
        return errorOf(evaluator.fault(), m_program->source);
    }
    return truthOf(evaluator.result());
}

Verdict Expression::judge(VariableReader& variables) const
{
    if (!m_program) {
        return Verdict::Failed;
    }
    Evaluator evaluator(*m_program, variables);
    if (evaluator.run()) {
        const auto* truth = std::get_if<bool>(&evaluator.result().content());
        return truth == nullptr ? Verdict::Failed : *truth ? Verdict::Holds : Verdict::HoldsNot;
    }
    switch (evaluator.fault().code) {
    case FaultCode::NoSuchKey:
    case FaultCode::NoSuchIndex:
    case FaultCode::NoFields:
        return Verdict::Missing;
    default:
        return Verdict::Failed;
    }
}

bool Expression::uses(std::size_t variable) const
{
    return m_program && variable < m_program->usedVariables.size()
        && m_program->usedVariables[variable];
}

bool Expression::usesHost() const
{
    return m_program
        && std::any_of(m_program->code.begin(), m_program->code.end(),
            [](const Instruction& instruction) { return instruction.op == Op::Host; });
}

const QByteArray& Expression::source() const
{
    static const QByteArray none;
    return m_program ? m_program->source : none;
}

} // namespace eventloupe
