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
login-unavailable = El hub no puede conectar con su base de datos. Inténtelo de nuevo en un momento.

## Elección de una contraseña

password-title = Elegir una contraseña
password-heading = Elija su contraseña
password-line = La que acaba de usar se creó para usted. Elija la suya, { $name }, y continúe.
password-new = Nueva contraseña
password-problem = Esta contraseña { $problem }.
password-hint = 10 caracteres o más. Varias palabras hacen una buena contraseña.
password-button = Guardarla y continuar
