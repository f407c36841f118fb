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
endfunction()
