/**
 * Secrets and keys from HashiCorp Vault: start with {@link io.qilin.vault.VaultClient}, then {@link
 * io.qilin.vault.VaultSecrets} for secrets and {@link io.qilin.vault.VaultTransit} for keys that never leave the server.
 */
@NullMarked
package io.qilin.vault;

import org.jspecify.annotations.NullMarked;
