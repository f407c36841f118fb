#include "encoding/payloaddecoder.h"

#include "encoding/encodingtext.h"
#include "encoding/likelyencoding.h"
#include "encoding/readers.h"
#include "encoding/unicodetext.h"
#include "encoding/unreadable.h"
#include "encoding/unwrap.h"
#include "value/event.h"
#include "value/json.h"

namespace eventloupe {

namespace {

using Reader = Result<void> (*)(std::string_view bytes, JsonSink& sink);

/// nullptr for what is no encoding of values.
Reader readerOf(Encoding encoding)
{
    switch (encoding) {
    case Encoding::SqliteJsonb:
        return readSqliteJsonb;
    case Encoding::MessagePack:
        return readMessagePack;
    case Encoding::Cbor:
        return readCbor;
    case Encoding::Bson:
        return readBson;
    case Encoding::Yaml:
        return readYaml;
    case Encoding::Php:
        return readPhp;
    case Encoding::ErlangTerm:
        return readErlangTerm;
    default:
        return nullptr;
    }
}

/// A payload on its way: a view of what is inside of the wrappers that were taken off.
class Decoding {
public:
    Decoding(std::string_view bytes, const DecodeLimits& limits)
        : m_bytes(bytes)
        , m_limits(limits)
    {
    }

    Decoded run(const EncodingSpec& spec)
    {
        for (const Encoding wrapper : spec.wrappers()) {
            if (const auto problem = takeOff(wrapper))
                return withKinds(unreadable(m_bytes, *problem, m_limits));
        }
        return withKinds(inside(spec.inside()));
    }

    /// How it was read in the end.
    [[nodiscard]] QStringList found() const
    {
        QStringList names;
        for (const Encoding wrapper : m_taken)
            names.append(EncodingSpec(wrapper).names().constFirst());
        return names + EncodingSpec(m_readAs).names();
    }

private:
    std::optional<QString> takeOff(Encoding wrapper)
    {
        auto result = unwrap(wrapper, m_bytes, m_limits);
        if (result.outcome == Unwrapped::Outcome::Broken)
            return result.problem;
        if (result.outcome == Unwrapped::Outcome::Taken) {
            hold(std::move(result.bytes));
            m_kinds.append(encodingTitle(wrapper));
            m_taken.push_back(wrapper);
        }
        return std::nullopt;
    }

    void hold(QByteArray bytes)
    {
        m_held = std::move(bytes);
        m_bytes = viewOf(m_held);
    }

    Decoded inside(Encoding encoding)
    {
        switch (encoding) {
        case Encoding::Text:
            return text();
        case Encoding::Bytes:
            return shownAsBytes(m_bytes, m_limits);
        case Encoding::Json:
            return isJson() ? asItIs() : unlike(validateJson(m_bytes).error().message);
        case Encoding::Auto:
            return automatic();
        default:
            return values(encoding);
        }
    }

    /// Tables hold what older versions wrote: JSON is shown wherever it is.
    Decoded values(Encoding encoding)
    {
        QString problem;
        if (auto decoded = tryReader(encoding, problem))
            return std::move(*decoded);
        return isJson() ? asItIs() : unlike(problem);
    }

    std::optional<Decoded> tryReader(Encoding encoding, QString& problem)
    {
        JsonSink sink(m_limits);
        const auto result = readerOf(encoding)(m_bytes, sink);
        if (!result) {
            problem = result.error().message;
            return std::nullopt;
        }
        Decoded decoded;
        decoded.json = sink.take();
        decoded.kind = encodingTitle(encoding);
        decoded.losses = sink.losses();
        m_readAs = encoding;
        return decoded;
    }

    /// What the bytes look like.
    Decoded automatic()
    {
        constexpr int mostWrappers = 4;
        QString problem = EncodingText::tr("it is in no encoding that is known");
        for (int i = 0; i <= mostWrappers; ++i) {
            if (isJson())
                return asItIs();
            QString itsOwn;
            for (const Encoding encoding : likelyEncodings(m_bytes)) {
                if (auto decoded = tryReader(encoding, itsOwn))
                    return std::move(*decoded);
                // The fault counts where the beginning is like no other encoding's.
                if (encoding == Encoding::ErlangTerm || encoding == Encoding::Yaml)
                    problem = itsOwn;
            }
            const bool isGzip = hasGzipMark(m_bytes);
            if (!isGzip && !hasZlibHeader(m_bytes))
                break;
            if (const auto broken = takeOff(isGzip ? Encoding::Gzip : Encoding::Zlib)) {
                problem = *broken;
                break;
            }
        }
        return unreadable(m_bytes, problem, m_limits);
    }

    bool isJson()
    {
        if (!findJsonFault(m_bytes))
            return true;
        auto converted = unicodeTextOf(m_bytes);
        if (!converted || findJsonFault(viewOf(converted->utf8)))
            return false;
        hold(std::move(converted->utf8));
        m_kinds.append(converted->kind);
        return true;
    }

    Decoded asItIs()
    {
        Decoded decoded;
        const bool isHeld = !m_held.isNull() && m_bytes.data() == m_held.constData();
        decoded.json = isHeld ? std::move(m_held) : toBytes(m_bytes);
        decoded.kind = QStringLiteral("JSON");
        m_readAs = Encoding::Json;
        return decoded;
    }

    Decoded text()
    {
        if (auto converted = unicodeTextOf(m_bytes)) {
            hold(std::move(converted->utf8));
            m_kinds.append(converted->kind);
        }
        if (isPlainText(m_bytes))
            return shownAsText(m_bytes, m_limits);
        return unreadable(m_bytes, EncodingText::tr("it is no text"), m_limits);
    }

    /// Not what it was said to be: what it looks like instead is told with the problem.
    Decoded unlike(const QString& problem)
    {
        Decoding look(m_bytes, m_limits);
        const auto other = look.automatic();
        if (!other.readable)
            return unreadable(m_bytes, problem, m_limits);
        const auto kinds = look.withKinds(other).kind;
        return unreadable(
            m_bytes, EncodingText::tr("%1; it looks like %2").arg(problem, kinds), m_limits);
    }

    Decoded withKinds(Decoded decoded)
    {
        if (!m_kinds.isEmpty()) {
            m_kinds.append(decoded.kind);
            decoded.kind = m_kinds.join(QStringLiteral(", "));
        }
        return decoded;
    }

    std::string_view m_bytes;
    QByteArray m_held;
    const DecodeLimits& m_limits;
    QStringList m_kinds;
    std::vector<Encoding> m_taken;
    Encoding m_readAs = Encoding::Auto;
};

} // namespace

PayloadDecoder::PayloadDecoder(EncodingSpec spec, DecodeLimits limits)
    : m_spec(std::move(spec))
    , m_limits(limits)
{
}

Decoded PayloadDecoder::decode(std::string_view bytes) const
{
    if (bytes.empty()) {
        Decoded nothing;
        nothing.json = "{}";
        nothing.kind = EncodingText::tr("nothing");
        return nothing;
    }
    return Decoding(bytes, m_limits).run(m_spec);
}

bool PayloadDecoder::keeps(std::string_view bytes) const
{
    const bool mayBeJson = m_spec.wrappers().empty()
        && (m_spec.inside() == Encoding::Json || m_spec.inside() == Encoding::Auto);
    return mayBeJson && !bytes.empty() && !findJsonFault(bytes);
}

EncodingGuess guessEncoding(const std::vector<std::string_view>& payloads)
{
    const DecodeLimits limits;
    QHash<QStringList, int> counts;
    int all = 0;
    for (const auto payload : payloads) {
        if (payload.empty())
            continue;
        ++all;
        Decoding decoding(payload, limits);
        if (decoding.run(EncodingSpec()).readable)
            ++counts[decoding.found()];
    }
    EncodingGuess guess;
    int read = 0;
    for (const int count : std::as_const(counts))
        read += count;
    if (counts.size() == 1)
        guess.spec = EncodingSpec::fromNames(counts.cbegin().key()).value();
    guess.certainty = all == 0 ? 0 : double(read) / all;
    return guess;
}

} // namespace eventloupe
