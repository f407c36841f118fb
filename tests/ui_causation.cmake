add_model_test(causationpanel SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_model_test(markspanel SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
