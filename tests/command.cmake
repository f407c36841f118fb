add_model_test(commandhandler SOURCES support/samplestore.cpp support/sampleworkspace.cpp
    LINKS Eventloupe::command)
add_model_test(conflicts SOURCES support/samplestore.cpp support/sampleworkspace.cpp
    LINKS Eventloupe::command)
