add_model_test(payloaddecoder LINKS Eventloupe::encoding)
