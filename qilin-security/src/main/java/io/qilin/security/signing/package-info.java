/**
 * API keys, and requests signed with them. Start with {@link io.qilin.security.signing.ApiKeys} and {@link
 * io.qilin.security.signing.RequestVerifier}.
 */
@NullMarked
package io.qilin.security.signing;

import org.jspecify.annotations.NullMarked;
