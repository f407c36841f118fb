#include "support/nothreads.h"

#include <atomic>
#include <cerrno>

#include <dlfcn.h>
#include <pthread.h>

namespace {
std::atomic<bool> isRefused { false };
} // namespace

#ifndef __SANITIZE_THREAD__
extern "C" int pthread_create(
    pthread_t* thread, const pthread_attr_t* attributes, void* (*run)(void*), void* argument)
{
    using Create = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
    static const auto next = reinterpret_cast<Create>(::dlsym(RTLD_NEXT, "pthread_create"));
    return isRefused.load() ? EAGAIN : next(thread, attributes, run, argument);
}
#endif

namespace eventloupe {

NoThreads::NoThreads()
{
    isRefused = true;
}

NoThreads::~NoThreads()
{
    isRefused = false;
}

bool NoThreads::isPossible()
{
#ifdef __SANITIZE_THREAD__
    return false;
#else
    return true;
#endif
}

} // namespace eventloupe
