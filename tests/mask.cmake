add_model_test(masks LINKS Eventloupe::domain)
