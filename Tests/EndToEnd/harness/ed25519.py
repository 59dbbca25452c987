"""Ed25519 (RFC 8032 §5.1) in plain Python: slow, and nobody else's code."""

import hashlib

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def _sha512(data):
    return int.from_bytes(hashlib.sha512(data).digest(), "little")


def _add(a, b):
    """Adds points in extended coordinates (x, y, z, t)."""
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    x, y, z, t = f - e, h - g, h + g, f + e
    return (x * y % P, z * t % P, y * z % P, x * t % P)


def _multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = _add(result, point)
        point = _add(point, point)
        scalar >>= 1
    return result


def _equal(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def _recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


_BASE_Y = 4 * pow(5, P - 2, P) % P
_BASE_X = _recover_x(_BASE_Y, 0)
BASE = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % P)


def _compress(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _decompress(data):
    number = int.from_bytes(data, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    x = _recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def _expand(secret):
    digest = hashlib.sha512(secret).digest()
    scalar = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
    return scalar, digest[32:]


def public_key(secret):
    """The public key of a secret of 32 bytes."""
    return _compress(_multiply(_expand(secret)[0], BASE))


def sign(secret, message):
    """A signature of 64 bytes."""
    scalar, prefix = _expand(secret)
    key = _compress(_multiply(scalar, BASE))
    nonce = _sha512(prefix + message) % ORDER
    first = _compress(_multiply(nonce, BASE))
    challenge = _sha512(first + key + message) % ORDER
    return first + ((nonce + challenge * scalar) % ORDER).to_bytes(32, "little")


def is_valid(key, message, signature):
    """Whether a signature is this key's for this message."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, first = _decompress(key), _decompress(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if a is None or first is None or scalar >= ORDER:
        return False
    challenge = _sha512(signature[:32] + key + message) % ORDER
    return _equal(_multiply(scalar, BASE), _add(first, _multiply(challenge, a)))
