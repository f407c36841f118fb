add_model_test(watchwindow SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
