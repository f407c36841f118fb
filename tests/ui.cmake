add_model_test(theme LINKS Eventloupe::ui_base)
