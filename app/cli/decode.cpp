#include "app/cli/verb.h"

#include "encoding/payloaddecoder.h"
#include "encoding/unwrap.h"
#include "value/event.h"

#include <QFile>

#include <cstdio>

namespace eventloupe::cli {

namespace {

Result<QByteArray> readAll(const QString& name)
{
    QFile file(name);
    const bool isOpen
        = name == u"-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen) {
        return Error { ErrorCode::NotFound,
            tr("%1 cannot be read: %2").arg(name, file.errorString()) };
    }
    auto bytes = file.readAll();
    if (file.error() != QFileDevice::NoError) {
        return Error { ErrorCode::InputOutput,
            tr("%1 cannot be read: %2").arg(name, file.errorString()) };
    }
    return bytes;
}

/// The bytes that the file holds as text.
Result<QByteArray> bytesOf(const QByteArray& text, const Arguments& arguments)
{
    const bool isHex = arguments.has(QStringLiteral("hex"));
    if (!isHex && !arguments.has(QStringLiteral("base64")))
        return text;
    auto result = unwrap(isHex ? Encoding::Hex : Encoding::Base64, viewOf(text), {});
    if (result.outcome == Unwrapped::Outcome::Taken)
        return std::move(result.bytes);
    return Error { ErrorCode::InvalidInput,
        isHex ? tr("this is not hexadecimal: two digits a byte are expected, also behind \\x")
              : tr("this is not Base64") };
}

int run(const Arguments& arguments, Terminal& terminal)
{
    const auto names = arguments.value(QStringLiteral("encoding"));
    const auto spec = names.isEmpty() ? EncodingSpec() : EncodingSpec::fromText(names);
    if (!spec)
        return terminal.misuse(spec.error().message);
    if (arguments.has(QStringLiteral("hex")) && arguments.has(QStringLiteral("base64")))
        return terminal.misuse(tr("--hex and --base64 exclude each other"));
    const auto text = readAll(arguments.words().at(0));
    if (!text)
        return terminal.fail(text.error());
    const auto bytes = bytesOf(*text, arguments);
    if (!bytes)
        return terminal.fail(bytes.error());
    const auto decoded = PayloadDecoder(*spec).decode(viewOf(*bytes));
    terminal.writeLine(viewOf(decoded.json));
    terminal.flush();
    terminal.say(decoded.kind);
    for (const auto& loss : decoded.losses)
        terminal.say(loss);
    if (decoded.readable)
        return Done;
    return terminal.fail({ ErrorCode::InvalidInput, decoded.problem });
}

} // namespace

Verb decodeVerb()
{
    Verb verb;
    verb.name = QStringLiteral("decode");
    verb.synopsis = QStringLiteral("FILE|- [--encoding E] [--hex | --base64]");
    verb.summary = tr("Shows the bytes of a payload as JSON");
    QStringList known;
    for (const auto& choice : encodingChoices())
        known.append(choice.name);
    verb.details = tr("Prints the JSON text that a foreign store's payload is shown as and folded "
                      "from; on standard\nerror what it was, and what cannot be told from the JSON "
                      "any more. Exit 1 when it is shown as\nbytes or text that nobody reads.\n\n"
                      "Encodings: %1.\nThe first six wrap another: gzip,json")
                       .arg(known.join(u' '));
    verb.options = {
        { QStringLiteral("encoding"), QStringLiteral("E"),
            tr("How to read the bytes; what they look like when it is not given") },
        { QStringLiteral("hex"), {}, tr("FILE is hexadecimal, as psql prints a bytea: \\x7b7d") },
        { QStringLiteral("base64"), {}, tr("FILE is Base64") },
    };
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
