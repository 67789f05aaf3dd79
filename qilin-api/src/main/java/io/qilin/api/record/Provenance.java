package io.qilin.api.record;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where data came from.
 *
 * @param provider id of the provider of market data
 * @param origin the file, folder or address, or the settings that made it; without secrets
 * @param synthetic whether the data was made, not observed
 * @param copyOf when the data was fetched, if it is a kept copy that stands for a source that failed; empty for data that the
 *     source has just served
 */
public record Provenance(
    String provider, String origin, boolean synthetic, Optional<Instant> copyOf) {
  /** Checks the parts. */
  public Provenance {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(copyOf, "copyOf");
  }

  /** Where data came from that its source has just served. */
  public Provenance(String provider, String origin, boolean synthetic) {
    this(provider, origin, synthetic, Optional.empty());
  }

  /** The same origin, of a copy that was fetched at a moment and stands for a source that failed. */
  public Provenance asCopyOf(Instant fetched) {
    return new Provenance(provider, origin, synthetic, Optional.of(fetched));
  }

  /** For example {@code demo:seed=42 (synthetic)} or {@code csv:bars.csv (copy of 2024-01-02T08:00:00Z)}. */
  @Override
  public String toString() {
    return provider + ":" + origin + (synthetic ? " (synthetic)" : "")
        + copyOf.map(fetched -> " (copy of " + fetched + ")").orElse("");
  }
}
