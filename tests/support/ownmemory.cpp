// For ThreadSanitizer. QProcess of Qt 6.4 has a child run in its parent's memory until it is
// another program (clone() with CLONE_VM). The sanitizer takes it for a fork, and notes of the
// child, and thus of the parent's thread, that its locks are not to be looked at: all that this
// thread guards by a mutex is then reported as a race. Here a child gets memory of its own.

#include <cstdarg>

#include <dlfcn.h>
#include <sched.h>
#include <sys/types.h>

extern "C" int clone(int (*run)(void*), void* stack, int flags, void* argument, ...) noexcept
{
    using Clone = int (*)(int (*)(void*), void*, int, void*, ...);
    static const auto next = reinterpret_cast<Clone>(dlsym(RTLD_NEXT, "clone"));
    std::va_list more;
    va_start(more, argument);
    auto* const parent = va_arg(more, pid_t*);
    auto* const storage = va_arg(more, void*);
    auto* const child = va_arg(more, pid_t*);
    va_end(more);
    return next(run, stack, flags & ~CLONE_VM, argument, parent, storage, child);
}
