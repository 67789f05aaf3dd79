/** Secrets that stand encrypted in the configuration: start with {@link io.qilin.ops.vault.ConfigVault}. */
@NullMarked
package io.qilin.ops.vault;

import org.jspecify.annotations.NullMarked;
