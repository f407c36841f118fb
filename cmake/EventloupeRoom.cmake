# Warnings, definitions and sanitizers live on one interface target that every room links.
add_library(eventloupe_options INTERFACE)
target_compile_features(eventloupe_options INTERFACE cxx_std_20)
target_compile_options(eventloupe_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wsuggest-override
    -Wconversion
    # GCC sees uninitialised members in an empty std::optional (gcc.gnu.org/PR80635).
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
    $<$<BOOL:${EVENTLOUPE_WARNINGS_AS_ERRORS}>:-Werror>)
target_compile_definitions(eventloupe_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_DISABLE_DEPRECATED_BEFORE=0x060400)
if(EVENTLOUPE_SANITIZE)
    target_compile_options(eventloupe_options INTERFACE
        -fsanitize=${EVENTLOUPE_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(eventloupe_options INTERFACE -fsanitize=${EVENTLOUPE_SANITIZE})
endif()
# Fuzzing needs to be told of each branch that the rooms take, and to end at the first fault.
option(EVENTLOUPE_FUZZ "Build the model and the fuzzing targets only, with clang" OFF)
if(EVENTLOUPE_FUZZ)
    target_compile_options(eventloupe_options INTERFACE
        -fsanitize=fuzzer-no-link -fno-sanitize-recover=undefined)
    # What is compared tells the fuzzer of magic values, for half of the time that a run takes.
    option(EVENTLOUPE_FUZZ_COMPARISONS "Tell the fuzzer of each comparison" ON)
    if(NOT EVENTLOUPE_FUZZ_COMPARISONS)
        target_compile_options(eventloupe_options INTERFACE
            -fno-sanitize-coverage=trace-cmp)
    endif()
endif()

# Two thirds of a compiler's time go into the headers of Qt and the standard library, so a build
# from nothing is quicker where they are compiled once. Off by default: a compiler cache cannot
# share such builds between folders, and a missing include would go unseen.
option(EVENTLOUPE_PRECOMPILE "Compile the headers of Qt and the standard library once" OFF)
set(eventloupe_precompiled ${CMAKE_CURRENT_LIST_DIR}/precompiled)

# eventloupe_precompiled_headers(KIND HEADERS header... LINKS target...)
#
# The headers that eventloupe_precompile(TARGET KIND) shares.
function(eventloupe_precompiled_headers kind)
    if(NOT EVENTLOUPE_PRECOMPILE)
        return()
    endif()
    cmake_parse_arguments(PCH "" "" "HEADERS;LINKS" ${ARGN})
    add_library(eventloupe_precompiled_${kind} OBJECT ${eventloupe_precompiled}/empty.cpp)
    target_link_libraries(eventloupe_precompiled_${kind} PRIVATE ${PCH_LINKS} eventloupe_options)
    target_precompile_headers(eventloupe_precompiled_${kind} PRIVATE
        ${eventloupe_precompiled}/core.h ${PCH_HEADERS})
endfunction()

function(eventloupe_precompile target kind)
    if(EVENTLOUPE_PRECOMPILE)
        target_precompile_headers(${target} REUSE_FROM eventloupe_precompiled_${kind})
    endif()
endfunction()

eventloupe_precompiled_headers(core LINKS Qt6::Core)
eventloupe_precompiled_headers(widgets
    HEADERS ${eventloupe_precompiled}/widgets.h LINKS Qt6::Widgets)

# eventloupe_room(NAME SOURCES file... LINKS target...)
#
# One library a room: it links only the rooms it may include, so the build file is the picture of
# the architecture. Includes are written from the source root's model/ or root: "value/result.h",
# "ui/log/logview.h".
function(eventloupe_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;LINKS" ${ARGN})
    qt_add_library(eventloupe_${name} STATIC ${ROOM_SOURCES})
    add_library(Eventloupe::${name} ALIAS eventloupe_${name})
    target_include_directories(eventloupe_${name} PUBLIC
        ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/model)
    target_link_libraries(eventloupe_${name} PUBLIC ${ROOM_LINKS} PRIVATE eventloupe_options)
    if(name MATCHES "^ui_")
        eventloupe_precompile(eventloupe_${name} widgets)
    else()
        eventloupe_precompile(eventloupe_${name} core)
    endif()
endfunction()
