package io.qilin.vault;

/**
 * What a node of Vault says of itself.
 *
 * @param initialized whether it has its keys
 * @param sealed whether it cannot decrypt what it stores; nothing can be read then
 * @param standby whether another node is the active one
 * @param version of the server, for example {@code 1.2.3}; empty if it does not say
 */
public record VaultHealth(boolean initialized, boolean sealed, boolean standby, String version) {
  /** Whether it serves requests itself. */
  public boolean isActive() {
    return initialized && !sealed && !standby;
  }
}
