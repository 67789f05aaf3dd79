/** Where secrets come from and how they are kept: start with {@link io.qilin.security.secret.SecretChain} and {@link io.qilin.security.secret.SecretVault}. */
@NullMarked
package io.qilin.security.secret;

import org.jspecify.annotations.NullMarked;
