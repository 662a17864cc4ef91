### Las páginas de los webhooks y del funcionamiento del servidor.
webhooks-active = Activo
webhooks-paused = En pausa
webhooks-because = Pausado por el servidor: { $reason }. Lo que ocurra entretanto espera y sale cuando lo reanude.
webhooks-open = Abrir el webhook
webhooks-made = El webhook está creado
webhooks-new-secret = El nuevo secreto
webhooks-signs = Este secreto firma lo que se envía. Solo se muestra esta vez: cópielo ahora en su servidor.
webhooks-until = Firma desde ahora; el anterior firma también hasta el { $time }. Solo se muestra esta vez: cópielo ahora en su servidor.
webhooks-secret = el secreto
webhooks-ping = Enviar un ping
webhooks-pinged = El ping se aceptó: { $why }.
webhooks-not-pinged = El ping no se aceptó: { $why }.
webhooks-pause = Pausar
webhooks-resume = Reanudar
webhooks-rotate = Nuevo secreto
webhooks-delete = Eliminar
webhooks-ask = ¿Eliminar este webhook, con lo que espera y el registro de sus envíos? No se puede deshacer.
webhooks-ask-rotate = ¿Crear un nuevo secreto? Firma al instante; el antiguo firma también durante un día, para que su servidor pueda seguir.
kinds-patterns = Patrones
letters-again = Enviar de nuevo
letters-waiting = En espera
letters-delivered = Entregado
letters-set_aside = Apartado
letters-tries = { $count ->
    [one] 1 intento
    [many] { $count } intentos
   *[other] { $count } intentos
}
letters-to-webhooks = a un webhook
letters-to-wallet-pushes = a Apple Wallet
letters-to-google-wallet = a Google Wallet
letters-to-mail = por correo
letters-to-account-mail = por correo, a un usuario
letters-to-waiting-mail = por correo, lista de espera
letters-to-wallet-letters = por correo, oferta de tarjetas Wallet
running-state = Base de datos y cambios
running-live = Conexión en directo
running-version = Versión del servidor
running-database = Base de datos
database-ended = Ya sin parches de seguridad
running-certificate = Certificado (HTTPS)
certificate-ready = Válido
certificate-expiring = Caduca pronto
certificate-ended = Ha caducado
running-proxy = Proxy
proxy-unnamed = Sin confianza
proxy-unnamed-more = { $address } reenvía solicitudes y todos sus clientes cuentan como uno solo: indíquelo en HUB_TRUSTED_PROXIES si es su proxy.
live-through = Llega
live-blocked = No llega: ¿deja pasar el proxy los «upgrades»?
running-ready = Listo
running-away = No está listo: no se puede conectar con la base de datos
running-apple = Apple Wallet
running-google = Google Wallet
running-until = hasta el { $time }
schedule-minutes = { $count ->
    [one] Cada minuto
    [many] Cada { $count } minutos
   *[other] Cada { $count } minutos
}
schedule-seconds = { $count ->
    [one] Cada segundo
    [many] Cada { $count } segundos
   *[other] Cada { $count } segundos
}
schedule-daily = Cada día a las { $time } UTC
schedule-own = Según un horario propio: { $crontab }
running-never = Aún no
running-runs = { $count ->
    [one] 1 ejecución
    [many] { $count } ejecuciones
   *[other] { $count } ejecuciones
}
running-changed = { $count ->
    [one] 1 cambiado
    [many] { $count } cambiados
   *[other] { $count } cambiados
}
wallet-ready = Listo
wallet-expiring = Caduca pronto
wallet-development = Solo desarrollo
wallet-unusable = No se puede usar
wallet-configured = Listo
wallet-off = Sin configurar
job-retime = Las entradas siguen los horarios cambiados
job-settle_offers = Las plazas liberadas se ofrecen a quienes esperan
job-forget_waiting = Se olvida a quienes esperaron en vano
job-expire = Las entradas caducan
job-delete = Se eliminan las entradas caducadas
job-free_unpaid = Se liberan las plazas sin pagar
job-exit_all = Se registra la salida de todos
job-alerts = Se buscan alertas
job-trim_letters = Se olvidan los envíos antiguos
job-imports = Se limpian las importaciones interrumpidas
job-result-done = Hecho
job-result-stopped = Detenido a medias
job-result-failed = Fallido

## The page of webhooks, and that of one

webhooks-lead = Su propio servidor se entera de lo que ocurre: firmado, en orden, al menos una vez y con reintentos durante un día.
webhooks-told = Informado de
webhooks-none = Aún no hay webhooks.
webhooks-none-more = Cree uno abajo y envíele un ping.
webhooks-new = Nuevo webhook
webhooks-kinds = De qué se le informa
webhooks-make = Crear el webhook
webhooks-deliveries = Envíos
webhooks-show = Mostrar
webhooks-all = Todos
webhooks-no-deliveries = No hay tales envíos. Se guardan 30 días.
webhooks-change = Cambiar
kinds-door = En las puertas
kinds-tickets = Entradas y reservas
kinds-money = Pagos y cajas
kinds-event = El evento
kinds-import = Importaciones
kinds-devices = Teléfonos
kinds-alerts = Alertas y su final
kinds-hub = El propio servidor

## The page of the hub's operation

running-hub = El servidor
running-jobs = Tareas programadas
running-last = Última ejecución
running-result = Resultado
running-before = Antes
running-no-jobs = Aún no se ha ejecutado nada: vuelva en unos minutos.
running-letters = No se pudo entregar
running-letters-more = Lo que webhooks, Wallet y correo no aceptaron en un día queda apartado aquí, para reenviarlo a mano.
running-no-letters = No hay nada apartado.
wallet-development-more = no hay certificado de tarjetas configurado: los teléfonos rechazan estas tarjetas
