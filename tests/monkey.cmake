# Random use of the window; by itself for an hour: tests/monkey/run.sh.
foreach(source IN ITEMS samplestore shoplog windowbench)
    add_test_support(support/${source}.cpp objects)
    list(APPEND monkey_support ${objects})
endforeach()
qt_add_executable(monkey
    monkey/chooser.cpp monkey/chooser.h monkey/confine.cpp monkey/confine.h monkey/main.cpp
    monkey/performer.cpp monkey/performer.h monkey/scratch.cpp monkey/scratch.h monkey/step.cpp
    monkey/step.h monkey/targets.cpp monkey/targets.h monkey/walk.cpp monkey/walk.h
    monkey/witness.cpp monkey/witness.h ${monkey_support})
set_target_properties(monkey PROPERTIES AUTOMOC ON)
target_link_libraries(monkey PRIVATE Eventloupe::app Eventloupe::foreign Eventloupe::server
    Qt6::Sql Qt6::Test eventloupe_options)
target_include_directories(monkey PRIVATE ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
target_compile_definitions(monkey PRIVATE EVENTLOUPE_SHARED="${EVENTLOUPE_SHARED}")
eventloupe_precompile(monkey widgetstest)
add_test(NAME monkey COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/monkey/run.sh --seconds 20 --seed 1)
set_tests_properties(monkey PROPERTIES TIMEOUT 300
    ENVIRONMENT "EVENTLOUPE_MONKEY=$<TARGET_FILE:monkey>")
