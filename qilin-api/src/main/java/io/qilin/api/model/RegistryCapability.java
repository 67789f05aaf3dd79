package io.qilin.api.model;

/** What a registry can do beyond what every one does. */
public enum RegistryCapability {
  /**
   * At most one version of a name is in production at any moment, however many processes promote at once, and {@link
   * ModelRegistry#promote} compares and swaps in one step. Without it another process can come between.
   */
  ATOMIC_SWAP,
  /** Every move is kept with its reason: {@link ModelRegistry#history}. */
  HISTORY
}
