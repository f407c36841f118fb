#include "encoding/payloaddecoder.h"

#include "encoding/encodingtext.h"
#include "encoding/unicodetext.h"
#include "encoding/unreadable.h"
#include "encoding/unwrap.h"
#include "value/event.h"
#include "value/json.h"

namespace eventloupe {

namespace {

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

private:
    std::optional<QString> takeOff(Encoding wrapper)
    {
        auto result = unwrap(wrapper, m_bytes, m_limits);
        if (result.outcome == Unwrapped::Outcome::Broken)
            return result.problem;
        if (result.outcome == Unwrapped::Outcome::Taken) {
            hold(std::move(result.bytes));
            m_kinds.append(encodingTitle(wrapper));
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
        default:
            return json();
        }
    }

    Decoded json()
    {
        const auto fault = findJsonFault(m_bytes);
        if (!fault)
            return asItIs();
        if (auto converted = unicodeTextOf(m_bytes)) {
            const auto inner = findJsonFault(viewOf(converted->utf8));
            if (!inner) {
                hold(std::move(converted->utf8));
                m_kinds.append(converted->kind);
                return asItIs();
            }
        }
        return unreadable(m_bytes, validateJson(m_bytes).error().message, m_limits);
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

    Decoded asItIs()
    {
        Decoded decoded;
        const bool isHeld = m_bytes.data() == m_held.constData();
        decoded.json = isHeld ? std::move(m_held) : toBytes(m_bytes);
        decoded.kind = QStringLiteral("JSON");
        return decoded;
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
    return mayBeJson && !findJsonFault(bytes);
}

} // namespace eventloupe
