// The parts of OpenSSL 3 that the `OpenSSL` target and the TLS of `Transport` use.
#ifndef COPENSSL_SHIM_H
#define COPENSSL_SHIM_H

// SHA256_Init and its kin keep their whole state in a plain struct, so that a Swift struct holds it.
// For the 65 bytes of a header a kept EVP context takes 1.4 to 2 times as long, the one-shot call
// four times.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>

#endif
