package io.qilin.api.record;

import java.util.Objects;

/**
 * Where data came from.
 *
 * @param provider id of the provider of market data
 * @param origin the file, folder or address, or the settings that made it; without secrets
 * @param synthetic whether the data was made, not observed
 */
public record Provenance(String provider, String origin, boolean synthetic) {
  /** Checks the parts. */
  public Provenance {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(origin, "origin");
  }

  @Override
  public String toString() {
    return provider + ":" + origin + (synthetic ? " (synthetic)" : "");
  }
}
