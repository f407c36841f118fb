# The disk breaks below the store; longer by tests/faults/run.sh.
qt_add_executable(faultrounds
    faults/faultrounds.cpp faults/operations.cpp faults/operations.h
    faults/faultdisk.cpp faults/faultdisk.h faults/faultvfs.cpp
    support/storefiles.cpp support/storefiles.h)
target_link_libraries(faultrounds PRIVATE
    Eventloupe::exchange SQLite::SQLite3 eventloupe_options)
target_include_directories(faultrounds PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
qt_add_executable(flips faults/flips.cpp support/storefiles.cpp support/storefiles.h)
target_link_libraries(flips PRIVATE Eventloupe::store SQLite::SQLite3 eventloupe_options)
target_include_directories(flips PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
qt_add_executable(rivals faults/rivals.cpp)
target_link_libraries(rivals PRIVATE Eventloupe::store eventloupe_options)
