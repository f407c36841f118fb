#include "encoding/inflate.h"

#include "encoding/encodingtext.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace eventloupe {

namespace {

Error broken(const QString& reason)
{
    return { ErrorCode::InvalidInput, reason };
}

/// zlib's stream, ended whatever happens.
class Inflater {
public:
    explicit Inflater(Compression compression)
    {
        constexpr int window = 15;
        constexpr int gzip = 16;
        const int bits = compression == Compression::Gzip ? window + gzip
            : compression == Compression::Zlib            ? window
                                                          : -window;
        m_ready = inflateInit2(&m_stream, bits) == Z_OK;
    }
    ~Inflater()
    {
        if (m_ready)
            inflateEnd(&m_stream);
    }
    Q_DISABLE_COPY_MOVE(Inflater)

    Result<QByteArray> run(std::string_view bytes, qsizetype limit, bool severalMembers)
    {
        if (!m_ready)
            return broken(EncodingText::tr("there is no memory to inflate it"));
        if (bytes.size() > std::numeric_limits<uInt>::max())
            return tooLarge(limit);
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        m_stream.avail_in = static_cast<uInt>(bytes.size());
        QByteArray out(firstRoom(bytes, limit), Qt::Uninitialized);
        for (;;) {
            const int status = fill(out);
            if (status == Z_STREAM_END) {
                if (!severalMembers || m_stream.avail_in == 0)
                    break;
                inflateReset(&m_stream);
            } else if (status != Z_OK && status != Z_BUF_ERROR) {
                return broken(EncodingText::tr("the compressed bytes are damaged"));
            } else if (m_used < out.size()) {
                return broken(EncodingText::tr("the compressed bytes are cut off"));
            } else if (out.size() > limit) {
                return tooLarge(limit);
            } else {
                out.resize(std::min(4 * out.size(), limit + 1));
            }
        }
        if (m_stream.avail_in != 0)
            return broken(EncodingText::tr("something follows the compressed bytes"));
        if (m_used > limit)
            return tooLarge(limit);
        out.resize(m_used);
        return out;
    }

private:
    static qsizetype firstRoom(std::string_view bytes, qsizetype limit)
    {
        constexpr qsizetype least = 1024;
        constexpr qsizetype mostlyLessThan = 6;
        return std::min(limit + 1, least + mostlyLessThan * static_cast<qsizetype>(bytes.size()));
    }

    static Error tooLarge(qsizetype limit)
    {
        return { ErrorCode::Unsupported,
            EncodingText::tr("it inflates to more than %1 bytes").arg(limit) };
    }

    int fill(QByteArray& out)
    {
        m_stream.next_out = reinterpret_cast<Bytef*>(out.data() + m_used);
        m_stream.avail_out = static_cast<uInt>(out.size() - m_used);
        const int status = ::inflate(&m_stream, Z_NO_FLUSH);
        m_used = out.size() - static_cast<qsizetype>(m_stream.avail_out);
        return status;
    }

    z_stream m_stream {};
    qsizetype m_used = 0;
    bool m_ready = false;
};

} // namespace

Result<QByteArray> inflateBytes(Compression compression, std::string_view bytes, qsizetype limit)
{
    return Inflater(compression).run(bytes, limit, compression == Compression::Gzip);
}

} // namespace eventloupe
