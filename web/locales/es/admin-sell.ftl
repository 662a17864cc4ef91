### Venta de entradas en taquilla, y cajas.
sell-ticket = Entrada
sell-free = Gratis
sell-less = Una menos: { $kind }
sell-more = Una más: { $kind }
sell-choose = Elija entradas
sell-sell = Vender por { $sum }, { $method }
sell-hand-out = { $count ->
    [one] Entregar 1 entrada gratis
    [many] Entregar { $count } entradas gratis
   *[other] Entregar { $count } entradas gratis
}
sell-reserve = { $count ->
    [one] Reservar 1 entrada, sin pagar
    [many] Reservar { $count } entradas, sin pagar
   *[other] Reservar { $count } entradas, sin pagar
}
sell-no-time = Elija una sesión.
sell-no-times = No hay ninguna sesión a la venta: todas han pasado, o aún no hay ninguna.
sell-more-times = { $count ->
    [one] 1 sesión más
    [many] { $count } sesiones más
   *[other] { $count } sesiones más
}
sell-sold-out = Agotado
sell-left = { $count ->
    [one] Solo queda 1 plaza en esta sesión.
    [many] Solo quedan { $count } plazas en esta sesión.
   *[other] Solo quedan { $count } plazas en esta sesión.
}
sell-product-left = { $product }: solo quedan { $left } en esta sesión.
sell-most = Se venden como máximo { $most } entradas a la vez.
sell-unknown = El servidor no ha respondido, así que no se sabe si se ha vendido. Pulse otra vez: nunca se vende dos veces.
sell-sold = { $count ->
    [one] Vendida: 1 entrada. { $paid }.
    [many] Vendidas: { $count } entradas. { $paid }.
   *[other] Vendidas: { $count } entradas. { $paid }.
}
sell-unpaid = { $sum } por pagar
sell-share = Enviar
sell-copy-link = Copiar el enlace
till-mine = Su caja
till-of = Caja: { $name }
till-gone = Ya no existe ({ $id })
till-since = Número { $number }, abierta desde el { $at }
till-fresh = Número { $number }: aún no ha entrado nada
till-method = Forma de pago
till-payments = Pagos
till-taken = Cobrado
till-returned = Devuelto
till-net = Recaudación
till-float = Fondo de cambio
till-float-in = Fondo de cambio, { $currency }
till-set-float = Guardar el fondo de cambio
till-expected = Efectivo que debería haber
till-counted = Efectivo contado, { $currency }
till-note = Nota
till-close = Cerrar la caja
till-ask = ¿Cerrar esta caja? Lo contado queda fijo y ya no se puede cambiar. Sus cifras empiezan de nuevo.
till-closed = Cerrada. El cierre está abajo, para imprimirlo.
till-exact = Exacto
till-over = Sobran { $sum }
till-short = Faltan { $sum }
till-closing = Cierre { $number }: { $name }
till-closed-by = Cerrada el { $at } por { $by }, asiento { $seq }; abierta desde el { $from }
till-counted-cash = Efectivo contado
till-difference = Diferencia
till-print = Imprimir este cierre
till-no-closings = Aún no se ha cerrado ninguna caja.
sell-left-at = Quedan { $left }

## The pages

sell-the-sale = La venta
sell-tickets = Entradas
sell-buyer = Nombre, teléfono, correo
sell-optional = opcional
sell-payment = Pago
sell-do = Vender
sell-next = Siguiente cliente
sell-print = Imprimir
sell-order = La reserva
till-csv = Recaudación en CSV
till-refresh = Actualizar
till-what = Una caja es el dinero que un usuario o un teléfono cobró en este evento. Lo que hay ahora en ella es su informe X; al cerrarla se obtiene el informe Z.
till-closings = Cierres
till-others = Otras cajas
till-whose = De quién
till-open-since = Abierta desde
till-show = Mostrar
till-order = Orden
till-newest = Los más recientes primero
till-oldest = Los más antiguos primero
