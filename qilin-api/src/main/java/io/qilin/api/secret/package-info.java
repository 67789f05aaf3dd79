/** Secrets: start with {@link io.qilin.api.secret.SecretProvider}. */
@NullMarked
package io.qilin.api.secret;

import org.jspecify.annotations.NullMarked;
