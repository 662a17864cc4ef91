### La página del escáner: lo que está escrito desde el principio. Lo que dicen sus scripts está en `scanning.ftl`.

scan-app = Escáner
scan-no-script = El escáner necesita JavaScript: permítalo para este sitio.

## Pairing

scan-pair-none = Este teléfono no está vinculado
scan-pair-how = Pida un código de vinculación al organizador. Ábralo con la cámara de este teléfono, o léalo aquí.
scan-pair-by-camera = Leer un código de vinculación
scan-pair-title = Control de acceso
scan-pair-now = Vincular este teléfono
scan-pair-keep = Dejarlo como está

## Scanning

scan-direction = Sentido
scan-in = Entrada
scan-out = Salida
scan-hint = Un lector de mano escribe aquí por sí solo.
scan-next = Siguiente
scan-force = Admitir de todos modos
scan-light = Luz
scan-recent = Últimos escaneos de este teléfono
scan-none = Aún no se ha escaneado nada.
scan-conflict-seen = Visto

## People without tickets

scan-heads-title = Personas sin entrada
scan-heads-kind = Quiénes son
scan-heads-walk_in = Sin reserva
scan-heads-child = Niño
scan-heads-crew = Equipo
scan-heads-more = Uno más dentro
scan-heads-less = Uno sale

## The menu

scan-menu-title = Más
scan-menu-training = Práctica: no se registra nada
scan-menu-party = Preguntar cuántos de una reserva entran
scan-menu-sound = Sonido
scan-menu-unpair = Desvincular este teléfono
scan-door-title = Cambiar de puerta
scan-door-lead = ¿En qué puerta está este teléfono a partir de ahora?
scan-door-keep = Quedarse aquí

## Finding a guest

scan-find-title = Buscar a un asistente
scan-find-label = Nombre, 3 letras o más; o correo, teléfono, reserva, número de entrada, código de barras, asiento
scan-find-next = Mostrar más
scan-close = Cerrar

## Selling

scan-sale-when = Sesión
scan-sale-total = Suma
scan-sale-given = Efectivo recibido
scan-sale-next = Siguiente cliente

## Questions

scan-party-how = ¿Cuántos entran ahora?
scan-party-none = Nadie
scan-question-yes = Sí
scan-question-no = No
scan-force-title = ¿Admitir de todos modos?
scan-force-lead = Queda registrado con su motivo.
scan-force-reason = Motivo
scan-force-yes = Admitir
scan-force-cancel = No admitir
