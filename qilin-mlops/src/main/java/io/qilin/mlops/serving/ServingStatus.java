package io.qilin.mlops.serving;

import io.qilin.api.model.ModelId;
import java.util.Objects;
import java.util.Optional;

/**
 * What serves at a moment.
 *
 * @param production the version in production, as the registry said last
 * @param serving the version that answers calls
 * @param standby the version that answers when the serving one fails
 * @param degraded whether another version answers than the one in production, or the registry could not be asked last time
 * @param reason why it is degraded; empty if it is not
 */
public record ServingStatus(
    Optional<ModelId> production,
    Optional<ModelId> serving,
    Optional<ModelId> standby,
    boolean degraded,
    String reason) {
  /** Checks that every part is there. */
  public ServingStatus {
    Objects.requireNonNull(production, "production");
    Objects.requireNonNull(serving, "serving");
    Objects.requireNonNull(standby, "standby");
    Objects.requireNonNull(reason, "reason");
  }
}
