/**
 * Signed tokens (JWT, RFC 7519): issued by {@link io.qilin.security.token.TokenIssuer}, verified by {@link
 * io.qilin.security.token.TokenVerifier}.
 */
@NullMarked
package io.qilin.security.token;

import org.jspecify.annotations.NullMarked;
