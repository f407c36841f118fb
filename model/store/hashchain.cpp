#include "store/hashchain.h"

#include <cstring>

#include <openssl/evp.h>

namespace eventloupe {

namespace {

constexpr std::size_t wordSize = 8;

unsigned char* putWord(unsigned char* out, quint64 word)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        *out++ = static_cast<unsigned char>(word >> shift);
    return out;
}

} // namespace

/// The fetched algorithm is kept, since looking it up costs more than hashing an event.
struct HashChain::Engine {
    EVP_MD* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    EVP_MD_CTX* context = EVP_MD_CTX_new();

    Engine() = default;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    ~Engine()
    {
        EVP_MD_CTX_free(context);
        EVP_MD_free(algorithm);
    }
    void add(const void* bytes, std::size_t size) { EVP_DigestUpdate(context, bytes, size); }
    void addText(std::string_view text)
    {
        std::array<unsigned char, wordSize> length;
        putWord(length.data(), text.size());
        add(length.data(), length.size());
        add(text.data(), text.size());
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
    std::array<unsigned char, sizeof(EventHash) + 3 * wordSize> fixed;
    std::memcpy(fixed.data(), previous.data(), previous.size());
    unsigned char* out = fixed.data() + previous.size();
    out = putWord(out, static_cast<quint64>(event.position));
    out = putWord(out, static_cast<quint64>(event.version));
    putWord(out, static_cast<quint64>(event.time.microseconds));

    EVP_DigestInit_ex2(m_engine->context, m_engine->algorithm, nullptr);
    m_engine->add(fixed.data(), fixed.size());
    for (const std::string_view text :
        { event.stream, event.type, event.id, event.data, event.metadata })
        m_engine->addText(text);
    EventHash hash {};
    EVP_DigestFinal_ex(m_engine->context, hash.data(), nullptr);
    return hash;
}

} // namespace eventloupe
