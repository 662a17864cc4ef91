"""An RSA key that tests share: to make one takes a fifth of a second."""

from cryptography.hazmat.primitives.asymmetric import rsa

RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
