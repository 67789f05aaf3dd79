/** Where secrets come from and how they are kept: start with {@code SecretChain} and {@code SecretVault}. */
@NullMarked
package io.qilin.security.secret;

import org.jspecify.annotations.NullMarked;
