#include "store/hashchain.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>
#include <vector>

#include <openssl/evp.h>

namespace eventloupe {

namespace {

constexpr std::size_t wordSize = 8;

char* putWord(char* out, quint64 word)
{
    const quint64 bigEndian = qToBigEndian(word);
    std::memcpy(out, &bigEndian, wordSize);
    return out + wordSize;
}

char* putText(char* out, std::string_view text)
{
    out = putWord(out, text.size());
    return std::copy(text.begin(), text.end(), out); // memcpy() takes no nullptr, even of no bytes.
}

} // namespace

/// The fetched algorithm is kept, since looking it up costs more than hashing an event, and the
/// bytes are gathered, since each piece that the library is handed costs as well.
struct HashChain::Engine {
    EVP_MD* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    std::vector<char> bytes;

    Engine() = default;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    ~Engine()
    {
        EVP_MD_CTX_free(context);
        EVP_MD_free(algorithm);
    }
};

HashChain::HashChain()
    : m_engine(std::make_unique<Engine>())
{
}

HashChain::~HashChain() = default;

bool HashChain::isValid() const
{
    return m_engine->algorithm && m_engine->context;
}

EventHash HashChain::next(const EventHash& previous, const EventView& event)
{
    const std::size_t size = previous.size() + 8 * wordSize + event.stream.size()
        + event.type.size() + event.id.size() + event.data.size() + event.metadata.size();
    std::vector<char>& bytes = m_engine->bytes;
    if (bytes.size() < size)
        bytes.resize(size);
    std::memcpy(bytes.data(), previous.data(), previous.size());
    char* out = bytes.data() + previous.size();
    out = putWord(out, static_cast<quint64>(event.position));
    out = putWord(out, static_cast<quint64>(event.version));
    out = putWord(out, static_cast<quint64>(event.time.microseconds));
    for (const std::string_view text :
        { event.stream, event.type, event.id, event.data, event.metadata })
        out = putText(out, text);

    EventHash hash {};
    EVP_DigestInit_ex2(m_engine->context, m_engine->algorithm, nullptr);
    EVP_DigestUpdate(m_engine->context, bytes.data(), size);
    EVP_DigestFinal_ex(m_engine->context, hash.data(), nullptr);
    return hash;
}

} // namespace eventloupe
