#include "encoding/bytecursor.h"

#include "encoding/encodingtext.h"

namespace eventloupe {

bool ByteCursor::fail(const char* reason)
{
    if (m_reason == nullptr) {
        m_reason = reason;
        m_faultAt = m_at;
    }
    return false;
}

bool ByteCursor::failAtEnd()
{
    m_at = m_bytes.size();
    return fail(QT_TRANSLATE_NOOP("Encoding", "it ends within a value"));
}

Result<void> ByteCursor::outcome(const JsonSink& sink)
{
    if (m_reason == nullptr && !sink.good())
        return sink.problem();
    if (m_reason == nullptr && !isAtEnd())
        fail(QT_TRANSLATE_NOOP("Encoding", "something follows the value"));
    if (m_reason != nullptr)
        return faultAt(static_cast<qsizetype>(m_faultAt), EncodingText::tr(m_reason));
    return {};
}

} // namespace eventloupe
