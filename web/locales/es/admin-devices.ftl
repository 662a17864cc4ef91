### Las páginas de los teléfonos, su vinculación y sus escaneos.
devices-all-events = Todos los eventos
devices-battery = { $percent } %
devices-queue = { $count } en espera
device-archived = Fuera de servicio
device-joined = { $joined } de { $uses } teléfonos vinculados
device-used-up = Agotado: los { $uses } teléfonos están vinculados
device-is-online = En línea
device-is-training = En práctica
device-seen-at = Visto el { $at }
device-paired = Vinculado
device-waiting = Pendiente de vincular
device-code-over = Sin vincular, código caducado
device-silent-from = Sin señales desde el { $since }
device-making = Creando el código { $n } de { $count }
device-no-door = sin puerta propia: el recinto
device-in-service = ¿Perdido o robado? Retírelo: se detiene al instante, en todas partes. Un código nuevo es para otro teléfono en su lugar, o el mismo tras restablecerlo; el antiguo funciona hasta que se use el código.
device-is-archived = Fuera de servicio: no se acepta ningún escaneo suyo. Lo que aún envió de sus escaneos sin conexión le espera aquí; abajo está lo que hizo.
device-renew = Nuevo código de vinculación
device-archive = Retirar este teléfono
device-archive-asked = ¿Retirar { $name } de inmediato y para siempre?
device-archived-now = Está fuera de servicio. Vea abajo lo que escaneó.
pairing-label = Código de vinculación: { $name }
pairing-on-this = Vincular el teléfono que muestra esta página
pairing-until = Vale hasta el { $until }
pairing-left = Vale aún { $clock }
pairing-hours = { $hours } h { $minutes } min
pairing-over = Este código ha caducado.
pairing-paired = Vinculado
pairing-again = Nuevo código
pairing-own-host = Los códigos llevan a { $address }, que solo esta máquina puede abrir: los teléfonos no la encontrarán. Inicie el servidor con la dirección que usan (--base-url).
pairing-insecure = Los códigos llevan a { $address }, sin https: los navegadores no abren allí la cámara. Las apps de escaneo y los lectores de mano funcionan.
scans-gone = Eliminada
scans-tick = Deshacer: { $who }, { $when }
scans-none-ticked = Marque los escaneos que quiere deshacer.
scans-undone = { $count ->
    [one] Se deshizo 1 escaneo.
    [many] Se deshicieron { $count } escaneos.
   *[other] Se deshicieron { $count } escaneos.
}
scans-taken-back = Deshecho
scans-more = Estos son los { $count } más recientes. Elija una hora posterior para ver menos.
held-accept = Aceptar
held-drop = Descartar
held-accept-asked = { $count ->
    [one] ¿Registrar 1 escaneo tal como ocurrió en la puerta?
    [many] ¿Registrar { $count } escaneos tal como ocurrieron en la puerta?
   *[other] ¿Registrar { $count } escaneos tal como ocurrieron en la puerta?
}
held-drop-asked = { $count ->
    [one] ¿Olvidar 1 escaneo para siempre?
    [many] ¿Olvidar { $count } escaneos para siempre?
   *[other] ¿Olvidar { $count } escaneos para siempre?
}
held-accepted = Quedan registrados.
held-dropped = Quedan olvidados.

## The page

devices-add = Añadir teléfonos
devices-all = Todos
devices-archived = Mostrar los retirados
devices-where = Dónde
devices-power = Batería
devices-waiting = Escaneos en espera
devices-none = Aún no hay teléfonos aquí.
devices-none-more = Añada uno: cualquier teléfono con cámara se convierte en escáner al leer un código.
devices-all-until = todos los eventos, hasta que se retire
devices-example = Acceso 1
devices-name-hint = Se muestra en las puertas y en el panel. Si hay varios teléfonos, se numeran.
devices-count = Cuántos teléfonos
devices-pairing = Vinculación
devices-code-each = un código para cada teléfono
devices-code-one = un código que leen todos
devices-app = Aplicación
devices-app-own = el escáner de este servidor
devices-app-tibillet = teléfono TiBillet
devices-works = Los códigos valen
devices-works-15 = 15 minutos
devices-works-60 = una hora
devices-works-1440 = un día
devices-works-10080 = una semana
devices-works-hint = Quien lee un código puede escanear: imprima códigos de larga duración solo si guarda el papel.
devices-may = También puede
devices-may-search = buscar asistentes por nombre y admitirlos a mano
devices-may-undo = deshacer un escaneo, durante 15 minutos
devices-may-headcount = contar personas sin entrada: equipo, niños
devices-may-names = ver los nombres de los asistentes, en directo y sin conexión
devices-may-force = admitir pese a un rechazo, con el motivo registrado
devices-may-over-limit = admitir cuando el aforo está completo
devices-may-sell = vender entradas y cobrar las que no están pagadas
devices-may-hint = Cada teléfono escanea y sigue su evento. Los tres últimos son para personas a quienes confía la decisión.
devices-make = Crear códigos
devices-codes = Códigos de vinculación
devices-print = Imprimir
devices-done = Listo
devices-codes-hint = Estos códigos solo se muestran esta vez. Apunte la cámara de un teléfono a uno, o léalo con una app de escaneo ya instalada.
devices-service = Servicio
devices-held = Escaneos sin conexión que le esperan
devices-held-more = Este teléfono los envió después de ser retirado. Acéptelos si entonces aún estaba en buenas manos.
devices-scanned = Escaneado
devices-phone-said = El teléfono dijo
devices-received = Recibido
devices-scans = Lo que escaneó
devices-since = Desde
devices-show = Mostrar
devices-scan = Escaneo
devices-guest = Asistente
devices-answer = Respuesta
devices-take-back = Deshacer los marcados
devices-no-scans = Nada desde entonces.
devices-may-door = cambiar de puerta, en su propio menú
