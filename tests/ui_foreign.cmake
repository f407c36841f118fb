add_model_test(mappingdialog LINKS Eventloupe::ui_foreign Qt6::Sql)
add_model_test(storechoicedialog LINKS Eventloupe::ui_foreign)
