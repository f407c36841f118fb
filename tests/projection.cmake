add_model_test(projectionfold LINKS Eventloupe::projection)
