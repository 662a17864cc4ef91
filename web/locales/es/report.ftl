### El informe de la noche, como página.
report-title = Informe
report-heading = { $event }: informe
report-dashboard = Panel
report-as-of = a las { $time }
report-files = Para hojas de cálculo:
report-file-figures = estas cifras
report-file-tickets = todas las entradas
report-file-scans = todos los escaneos
report-file-takings = la recaudación
report-booked = Reservadas
report-came = Asistieron
report-no-show = No asistieron
report-still-expected = Aún esperados
report-expected = Esperados
report-refused = Rechazadas
report-peak = Máximo dentro, a las { $time }
report-none = Ninguno.
report-venue = El recinto
report-gone = Cuenta eliminada
report-tickets = Entradas

## Titles of tables

report-times = Sesiones
report-products = Tipos de entrada
report-doors = Puertas
report-refusals = Rechazos
report-headcount = Sin entrada
report-takings-kind = Recaudación por tipo
report-takings-method = Recaudación por forma de pago
report-takings-person = Recaudación por persona
report-takings-door = Recaudación por puerta
report-forced = Accesos forzados
report-conflicts = Conflictos por trabajar sin conexión
report-recounts = Recuentos
report-offline = Sin conexión

## Heads of columns

report-time = Hora
report-showing = Sesión
report-product = Tipo de entrada
report-door = Puerta
report-admitted = Admitidas
report-left = Salidas
report-reason = Motivo
report-count = Veces
report-who = Quién
report-in = Entradas
report-out = Salidas
report-kind = Tipo
report-method = Forma de pago
report-person = Persona
report-payments = Pagos
report-taken = Cobrado
report-given-back = Devuelto
report-net = Recaudación
report-currency = Moneda
report-by = Por
report-why = Motivo
report-let-in = Entrada
report-counted = Contada
report-where = Dónde
report-was = Antes
report-is = Ahora
report-device = Teléfono
report-from = Desde
report-until = Hasta
report-scans = Escaneos

## Kinds of people without tickets, and rows of takings. What follows `report-row-` is a name of the API.

report-row-walk_in = Sin reserva
report-row-child = Niño
report-row-crew = Equipo
report-row-other = Otro
report-row-unknown = Desconocido
report-row-no-door = En ninguna puerta
report-row-cash = Efectivo
report-row-card = Tarjeta
report-row-transfer = Transferencia
report-row-free = Gratis

report-cell-event = Evento
report-cell-peak-inside = Máximo dentro
report-cell-peak-at = Máximo dentro a las
report-cell-starts-at = Comienzo
report-cell-undos = Deshechos
report-cell-user = Cuenta
report-cell-key = Clave
