add_model_test(reference LINKS Eventloupe::reference)
