add_model_test(keyring LINKS Eventloupe::ui_postgres)
add_model_test(passwordasker LINKS Eventloupe::ui_postgres)
add_model_test(serverdialog LINKS Eventloupe::ui_postgres)
