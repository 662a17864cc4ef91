### La página de inicio de sesión de los organizadores y su equipo.

login-title = Iniciar sesión
login-username = Usuario
login-password = Contraseña
login-button = Iniciar sesión
login-door = ¿Escanea en un acceso? No necesita iniciar sesión: abra el enlace de vinculación que le muestra el organizador.
login-wrong = Usuario o contraseña incorrectos
login-wait = { $seconds ->
    [one] Demasiados intentos. Espere { $seconds } segundo e inténtelo de nuevo.
    [many] Demasiados intentos. Espere { $seconds } segundos e inténtelo de nuevo.
   *[other] Demasiados intentos. Espere { $seconds } segundos e inténtelo de nuevo.
}
login-unavailable = El servidor no puede conectar con su base de datos. Inténtelo de nuevo en un momento.

## Elección de una contraseña

password-title = Elegir una contraseña
password-heading = Elija su contraseña
password-line = La que acaba de usar se creó para usted. Elija la suya, { $name }, y continúe.
password-new = Nueva contraseña
password-problem = Esta contraseña { $problem }.
password-hint = 10 caracteres o más. Varias palabras hacen una buena contraseña.
password-button = Guardarla y continuar

## Contraseña olvidada

login-forgot = ¿Olvidó su contraseña?
back-to-login = Volver al inicio de sesión
forgot-title = ¿Olvidó su contraseña?
forgot-line = Le enviamos un enlace para elegir una nueva.
forgot-email = Su correo electrónico
forgot-button = Enviar el enlace
forgot-no-address = Esto no es una dirección de correo.
forgot-sent = Si { $address } es la dirección confirmada de un usuario, va en camino un enlace. Vale durante una hora.
forgot-sent-more = ¿Nada en unos minutos? Mire en el correo no deseado, o pida una contraseña nueva a un propietario de este servidor.
forgot-no-mail = Este servidor no envía correos. Diríjase a uno de sus propietarios: le pone una contraseña nueva en Administración, Usuarios.
reset-title = Elegir una contraseña nueva
reset-line = Se cierran todas sus sesiones, en todos los dispositivos.
reset-button = Guardar la contraseña
reset-invalid = Este enlace ya no vale: se usó, tiene más de una hora o se envió otro más reciente.
reset-again = Pedir un enlace nuevo
reset-done = Su nueva contraseña está guardada. Inicie sesión con ella.

## Confirmación de una dirección

verify-title = Su correo electrónico
verify-line = { $name }, ¿es { $address } su dirección? Así podrá recibir allí una contraseña nueva si olvida la suya.
verify-button = Sí, confirmarla
verify-done = Su dirección está confirmada.

## Segundo paso del inicio de sesión

code-title = Segundo paso
code-line = Su contraseña es correcta. Ahora, el código de su aplicación de autenticación.
code-label = Código
code-hint = Seis cifras. Sin su teléfono: uno de sus códigos de recuperación.
code-button = Iniciar sesión
code-wrong = Ese código no es correcto o ya se usó. La aplicación muestra uno nuevo cada 30 segundos.
code-lost = { $minutes ->
    [one] Tiene { $minutes } minuto. ¿Sin aplicación ni códigos de recuperación a mano? Un propietario de este servidor puede desactivar su segundo factor.
    [many] Tiene { $minutes } minutos. ¿Sin aplicación ni códigos de recuperación a mano? Un propietario de este servidor puede desactivar su segundo factor.
   *[other] Tiene { $minutes } minutos. ¿Sin aplicación ni códigos de recuperación a mano? Un propietario de este servidor puede desactivar su segundo factor.
}

## Segundo factor que exige el rol

setup-title = Configurar un segundo factor
setup-line = Su rol lo exige, { $name }: además de la contraseña, cada inicio de sesión pedirá el código de una aplicación de su teléfono.
setup-password = Su contraseña
setup-begin = Configurar una aplicación de autenticación
setup-scan = Escanee esto con una aplicación de autenticación y escriba después el código que muestra.
setup-qr = Código para la aplicación de autenticación
setup-secret = ¿Sin cámara a mano? Escriba este secreto en la aplicación:
setup-code = Código de la aplicación
setup-confirm = Activarlo
setup-wrong-password = Esta no es su contraseña.
setup-wrong-code = Ese no es el código actual de la aplicación. Muestra uno nuevo cada 30 segundos; compruebe que el reloj del teléfono va bien.
setup-again = Empezar de nuevo con otro código para escanear
setup-done-title = Guarde sus códigos de recuperación
setup-done-line = El segundo factor está activado. Cada uno de estos códigos vale una vez, en lugar del de la aplicación, si pierde el teléfono. Solo se muestran esta vez: imprímalos o guárdelos donde guarda sus contraseñas.
setup-done-button = Los he guardado

## Inicio de sesión con una llave de acceso

passkey-button = Iniciar sesión con una llave de acceso
passkey-failed = No se usó ninguna llave de acceso. Inténtelo de nuevo o inicie sesión con su contraseña.
