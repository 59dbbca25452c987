// The parts of OpenSSL 3 that the targets `OpenSSL` and `TLS` use.
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
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// Macros, which Swift does not import.
static inline long copenssl_ctx_set_min_version(SSL_CTX *context, int version) {
    return SSL_CTX_set_min_proto_version(context, version);
}
static inline long copenssl_ctx_set_mode(SSL_CTX *context, long mode) {
    return SSL_CTX_set_mode(context, mode);
}
static inline long copenssl_ctx_set_cache_mode(SSL_CTX *context, long mode) {
    return SSL_CTX_set_session_cache_mode(context, mode);
}
static inline long copenssl_ctx_set_ticket_keys(SSL_CTX *context, void *keys, long count) {
    return SSL_CTX_set_tlsext_ticket_keys(context, keys, count);
}
static inline long copenssl_set_host_name(SSL *session, const char *name) {
    return SSL_set_tlsext_host_name(session, (char *)name);
}
// No renegotiation and no compression; the server's order of ciphers, but ChaCha20 for those who have
// no AES of their own.
static inline uint64_t copenssl_ctx_set_options(SSL_CTX *context) {
    return SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                            SSL_OP_CIPHER_SERVER_PREFERENCE |
                                            SSL_OP_PRIORITIZE_CHACHA);
}
static inline void copenssl_bio_clear_retry(BIO *bio) { BIO_clear_retry_flags(bio); }
static inline void copenssl_bio_set_retry_read(BIO *bio) { BIO_set_retry_read(bio); }
static inline int copenssl_error_reason(unsigned long error) { return ERR_GET_REASON(error); }

#endif
