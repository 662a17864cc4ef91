### Correos a los asistentes: entradas, lista de espera, tarjetas de Wallet.

mail-tickets-subject = { $count ->
    [one] Su entrada: { $event }
    [many] Sus { $count } entradas: { $event }
   *[other] Sus { $count } entradas: { $event }
}
mail-tickets-text = { $count ->
    [one] Su entrada, para mostrar en el acceso:
    [many] Sus { $count } entradas, un código por persona:
   *[other] Sus { $count } entradas, un código por persona:
}
mail-tickets-open = { $count ->
    [one] Abrir su entrada
    [many] Abrir sus { $count } entradas
   *[other] Abrir sus { $count } entradas
}
mail-tickets-link = { $count ->
    [one] Su entrada:
    [many] Sus { $count } entradas:
   *[other] Sus { $count } entradas:
}
mail-handed-on-subject = Se ha traspasado una entrada: { $event }
mail-handed-on = Una de sus entradas se ha traspasado.
mail-handed-on-text = Ahora es de otra persona y su código anterior ya no sirve. Si no ha sido usted, pregunte al organizador. Lo que le queda:
mail-unpaid-subject = Reservado, pendiente de pago: { $event }
mail-unpaid = Pendiente de pago.
mail-unpaid-open = Ver el estado de la reserva
mail-unpaid-how = El estado de la reserva:
mail-tickets-later = { $count ->
    [one] Su entrada llegará por correo cuando todo esté pagado.
    [many] Sus { $count } entradas llegarán por correo cuando todo esté pagado.
   *[other] Sus { $count } entradas llegarán por correo cuando todo esté pagado.
}
mail-ticket-of = { $n } de { $count }
mail-qr = El código QR de una entrada
mail-others = Las demás están tras el botón de arriba.
mail-before-you-leave = Ábrala en su teléfono antes de salir y guarde la imagen: en el acceso puede no haber red.
mail-as-good-as-ticket = La dirección vale tanto como la entrada: pásela solo a quienes vengan con usted.
mail-questions = ¿Preguntas? Consulte al organizador:
mail-wave-subject = Su entrada en su teléfono: { $event }

## The waiting list

mail-offer-subject = { $count ->
    [one] Una plaza es suya hasta el { $until }: { $event }
    [many] { $count } plazas son suyas hasta el { $until }: { $event }
   *[other] { $count } plazas son suyas hasta el { $until }: { $event }
}
mail-offer = { $count ->
    [one] Ha quedado libre una plaza y se le guarda hasta el <b>{ $until }</b>.
    [many] Han quedado libres { $count } plazas y se le guardan hasta el <b>{ $until }</b>.
   *[other] Han quedado libres { $count } plazas y se le guardan hasta el <b>{ $until }</b>.
}
mail-offer-plain = { $count ->
    [one] Ha quedado libre una plaza y se le guarda hasta el { $until }.
    [many] Han quedado libres { $count } plazas y se le guardan hasta el { $until }.
   *[other] Han quedado libres { $count } plazas y se le guardan hasta el { $until }.
}
mail-offer-accept = { $count ->
    [one] Aceptar la plaza
    [many] Aceptar las { $count } plazas
   *[other] Aceptar las { $count } plazas
}
mail-waiting-subject = En la lista de espera: { $event }
mail-waiting = { $count ->
    [one] Está en la lista de espera. Cuando sea su turno le escribiremos y le guardaremos la plaza durante { $time }.
    [many] Está en la lista de espera para { $count } plazas. Cuando sea su turno le escribiremos y se las guardaremos durante { $time }.
   *[other] Está en la lista de espera para { $count } plazas. Cuando sea su turno le escribiremos y se las guardaremos durante { $time }.
}
mail-waiting-how = Para ver su puesto o dejar la lista:
mail-waiting-open = Ver su puesto
mail-waiting-key = La dirección de esta página es su clave: no la pase a nadie.
mail-waiting-not-you = ¿No lo ha pedido usted? Deje entonces la lista en esa página, y no se conservará nada sobre usted.
mail-terms = Condiciones generales

## Mails to users

account-mail-reset-subject = Elegir una contraseña nueva: { $organisation }
account-mail-verify-subject = Confirme su correo electrónico: { $organisation }
account-mail-hello = Hola, { $name }:
account-mail-reset-text = se ha pedido una contraseña nueva para su cuenta en { $organisation }. Elíjala aquí:
account-mail-verify-text = esta dirección se ha indicado para su cuenta en { $organisation }. Confírmela y podrá recibir en ella una contraseña nueva si olvida la suya:
account-mail-reset-button = Elegir una contraseña nueva
account-mail-verify-button = Confirmar la dirección
account-mail-lasts = El enlace vale una sola vez, durante { $time }.
account-mail-asked = Se pidió el { $time }.
account-mail-from = Desde: { $where }.
account-mail-reset-not-you = ¿No fue usted? Entonces no haga nada: su contraseña sigue como está. Si se repite, dígaselo a un propietario del servidor.
account-mail-verify-not-you = ¿No le dice nada? Entonces no haga nada.
account-notice-subject = Su cuenta ha cambiado: { $organisation }
account-notice-app-added = se configuró una aplicación de autenticación como segundo factor de su cuenta en { $organisation }.
account-notice-app-removed = se desactivó el segundo factor de su cuenta en { $organisation }.
account-notice-passkey-added = se añadió una llave de acceso a su cuenta en { $organisation }.
account-notice-passkey-removed = se quitó una llave de acceso de su cuenta en { $organisation }.
account-notice-reset = un propietario restableció su cuenta en { $organisation }: el segundo factor está desactivado y las llaves de acceso, eliminadas.
account-notice-when = Fue el { $time }.
account-notice-not-you = ¿No fue usted ni lo pidió? Ponga enseguida una contraseña nueva y dígaselo a un propietario del servidor:
