add_model_test(watchrun
    SOURCES support/plainwatch.cpp support/shoplog.cpp LINKS Eventloupe::watch)
add_model_test(watchsamples
    SOURCES support/plainwatch.cpp support/shoplog.cpp
    LINKS Eventloupe::exchange Eventloupe::watch)
set_tests_properties(watchsamples PROPERTIES TIMEOUT 1200)
add_model_test(firstwhere
    SOURCES support/plainwatch.cpp support/shoplog.cpp LINKS Eventloupe::watch)
add_model_test(watches
    SOURCES support/plainwatch.cpp support/samplestore.cpp support/sampleworkspace.cpp
    LINKS Eventloupe::watch)
