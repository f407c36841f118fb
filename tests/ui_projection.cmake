add_model_test(projectionpanel SOURCES support/samplestore.cpp LINKS Eventloupe::ui_projection)
