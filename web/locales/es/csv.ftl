### Encabezados de las exportaciones CSV, para personas: una palabra o pocas, todas distintas en un idioma. Por ellos una importación reconoce la exportación del propio hub.
csv-id = id
csv-barcode = código
csv-reservation = reserva
csv-first_name = nombre
csv-last_name = apellidos
csv-phone_number = teléfono
csv-product = tipo de entrada
csv-price = precio
csv-date = fecha
csv-time = hora
csv-paid = pagada
csv-status = estado
csv-expired = caducada
csv-scans = escaneos
csv-booked_at = reservada el (UTC)
csv-email = correo electrónico
csv-notice = nota para la puerta
csv-block = bloque
csv-row = fila
csv-seat = asiento
csv-amount = importe
csv-currency = moneda
csv-booked_at_local = reservada el
csv-first_entry = primera entrada (UTC)
csv-first_entry_local = primera entrada
csv-payment_method = forma de pago
csv-payment_amount = importe cobrado
csv-payment_returned = importe devuelto
csv-payment_currency = moneda del pago
csv-payment_at = pagada el (UTC)
csv-payment_at_local = pagada el
csv-answers = respuestas
csv-answer = respuesta: { $question }

## Scans

csv-kind = tipo
csv-seq = número
csv-at = momento (UTC)
csv-received_at = recibido el (UTC)
csv-ticket = entrada
csv-code = respuesta (código)
csv-direction = sentido
csv-device = teléfono en la puerta (id)
csv-door = puerta (id)
csv-nonce = nonce
csv-by = por
csv-at_local = momento
csv-device_name = teléfono en la puerta
csv-door_name = puerta

## Takings

csv-method = forma de pago
csv-by_kind = por (tipo)
csv-payments = pagos
csv-taken = cobrado
csv-refunds = devoluciones
csv-returned = devuelto

## The report

csv-part = parte
csv-name = nombre
csv-figure = cifra
csv-value = valor
csv-value_local = valor (hora local)
