add_model_test(projectiondock SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_model_test(projectionpanel SOURCES support/samplestore.cpp LINKS Eventloupe::ui_projection)
