#pragma once

#include <QByteArrayList>

#include <random>

namespace eventloupe {

/// Changes a few places of inputs: bits, lost, doubled and strange parts, parts of another. The
/// same seed gives the same inputs, on every machine.
class Mutator final {
public:
    /// `inputs` is not empty.
    Mutator(QByteArrayList inputs, quint32 seed);

    [[nodiscard]] QByteArray next();

private:
    int below(qsizetype bound);
    const QByteArray& pick();
    void change(QByteArray& bytes);

    QByteArrayList m_inputs;
    std::mt19937 m_random; ///< Its numbers are fixed by the standard, as a distribution's are not.
};

} // namespace eventloupe
