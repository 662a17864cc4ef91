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
